// What only those see who write, report or erase, in English.

export const TEXTS = "texts of the rest"; // the server puts them here
