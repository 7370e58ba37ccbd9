export const later: string = "later";
console.log(later);
