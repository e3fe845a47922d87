// SquallLanguage: scene text becomes a lossless tree, the tree a checked `Scene`, with diagnostics for everything that is wrong.
// Must never know: the world's contents. Roads and assets are asked about through `ImportCatalogue`.
