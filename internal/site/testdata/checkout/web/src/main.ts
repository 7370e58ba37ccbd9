const root: string = document.querySelector<HTMLMetaElement>('meta[name="ormlab-root"]')!.content;
document.documentElement.dataset.root = root;
void import("./later.ts");
