// Files that the reader takes along.

/** save hands content to the browser's downloads. */
export function save(content: BlobPart, name: string, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** fileName makes a name for a file of any text. */
export function fileName(text: string, ending: string): string {
  const plain = text.toLowerCase().replaceAll(/[^\p{L}\p{N}_]+/gu, "-").replaceAll(/^-|-$/g, "").slice(0, 60);
  return (plain || "table") + ending;
}
