namespace RagApp.Ingestion.Catalogue;

/// <summary>A document in a list, as read from the catalogue.</summary>
/// <param name="Key">The sort key: the path, the date in ticks, or the size in bytes.</param>
/// <param name="Stamp">See <see cref="CatalogueRow.Stamp"/>.</param>
/// <param name="IsOpenBelow">True when a document extracted from this one is not finished.</param>
internal sealed record CatalogueEntry(string Id, string Key, long Stamp, bool IsOpenBelow);
