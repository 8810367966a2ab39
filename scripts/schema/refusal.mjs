/** Why nothing was done, in words for whoever ran the tool. Everything else that is thrown is a fault of ours. */
export class Refusal extends Error {}
