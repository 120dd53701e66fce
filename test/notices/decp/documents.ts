const MARCHE = {
  id: "2024-1",
  acheteur: { id: "21010000000017", nom: "Town" },
  nature: "Marché",
  techniques: { technique: ["Accord-cadre"] },
  objet: "Salt & grit",
  codeCPV: "34927100-2",
  dureeMois: 24,
  dateNotification: "2024-05-15",
  datePublicationDonnees: "2024-05-25",
  montant: 100000.5,
  offresRecues: 3,
  typeGroupementOperateurs: "Conjoint",
  titulaires: [
    { titulaire: { id: "11110000000011", typeIdentifiant: "SIRET", denominationSociale: "Alder" } },
    { titulaire: { id: "DE812345678", typeIdentifiant: "TVA" } },
  ],
  actesSousTraitance: [{ acteSousTraitance: { sousTraitant: { id: "33330000000033" } } }],
  modifications: [
    { modification: { id: 1, dateNotificationModification: "2024-06-15", montant: 120000, dureeMois: 36 } },
  ],
};
const CALL_OFF = { ...MARCHE, id: "2024-2", techniques: undefined, idAccordCadre: "2024-1", montant: 9000 };
const CONCESSION = {
  id: "C1",
  autoriteConcedante: { id: "21010000000017" },
  nature: "Concession de service",
  valeurGlobale: 300000,
  concessionnaires: [{ concessionnaire: { id: "22220000000022", typeIdentifiant: "SIRET" } }],
};

/** Data of DECP in JSON, to make mutants of. */
export const DECP_DOCUMENTS: readonly string[] = [
  JSON.stringify({ marches: { marche: [MARCHE, CALL_OFF], "contrat-concession": [CONCESSION] } }, undefined, 1),
  JSON.stringify([MARCHE]),
];

export const DECP_LINES: readonly string[] = [[MARCHE, CALL_OFF].map((one) => JSON.stringify(one)).join("\n")];

export const DECP_TABLES: readonly string[] = [
  [
    "uid;id;acheteur_id;acheteur_nom;titulaire_id;titulaire_typeIdentifiant;montant;dureeMois;modification_id;objet",
    '1;2024-1;21010000000017;Town;11110000000011;SIRET;"1000,50";24;0;"Salt; ""grit"""',
    "1;2024-1;21010000000017;Town;22220000000022;SIRET;1000,50;24;0;Salt",
    "1;2024-1;21010000000017;Town;22220000000022;SIRET;1200;36;1;Salt",
  ].join("\r\n"),
];
