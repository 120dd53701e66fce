const PREFIX = "ocds-[a-z0-9]{6}";
const ALONE = new RegExp(`^${PREFIX}$`);
const BEFORE_MORE = new RegExp(`^${PREFIX}-`);

/** Whether a text is a prefix as the Open Contracting Partnership gives them to publishers: `ocds-a1b2c3`. */
export const isOcidPrefix = (text: string): boolean => ALONE.test(text);

/** Whether a text begins as an ocid does: with such a prefix. */
export const hasOcidPrefix = (text: string): boolean => BEFORE_MORE.test(text);
