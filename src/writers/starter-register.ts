/** What `lotbook init` writes: a register that teaches its format in one screen. */
export const STARTER_REGISTER = `# yaml-language-server: $schema=register.schema.json
# A register of public contracts. Replace what is here with your own, and ask it: lotbook lots contracts.yaml
# For an editor that completes and explains every key, run: lotbook schema register > register.schema.json

sources: # who states the facts, the most believed first; a register may do without
  - source: notice
    title: Contract award notice
    date: 2024-03-24
  - source: signed
    title: The framework contract as it was signed

suppliers:
  - supplier: nordlicht # the id by which lots name it
    name: Nordlicht GmbH
    country: DE
  - supplier: quay
    name: Quay Partners
    kind: grouping # one seat for several companies
    members:
      - { name: Hafenbau AG, country: DE }
      - { name: Pier et Fils, country: FR }

contracts:
  - contract: harbour-it
    title: Harbour IT
    source: notice # who states what follows, unless a fact says otherwise
    buyer: Port of Example
    awardDate: 2024-03 # as precise as it is known: 2024, 2024-03 or 2024-03-24
    term: 4 years # or: 2 years + 2 renewals of 1 year
    lots:
      - lot: 1
        title: Networks
        ceiling: # what each source says, and where it says so
          notice BT-709: EUR 1,250,000.00
          signed article 4: EUR 1.3M
        suppliers: [nordlicht, quay] # they share the ceiling
      - lot: 2
        title: Support
        ceilingPerSupplier: EUR 300k # for each of them
        suppliers: [nordlicht, quay]
      - lot: 3
        title: Radar
        ceiling: withheld # there is a figure, and it is secret; leave out what is not known, and write EUR 0 for zero
        suppliers: [nordlicht]
    orders: # what was spent
      - { order: PO-1, lot: 1, supplier: quay, date: 2024-06-03, amount: EUR 12.5k }

queries: # to be called by name: lotbook lots :ending
  - { query: ending, find: "firmEnd:today..today+1y" }
`;
