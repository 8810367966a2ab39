/** Why nothing was done, as a message for the operator who ran the tool. Every other error is a fault of the tool. */
export class Refusal extends Error {}
