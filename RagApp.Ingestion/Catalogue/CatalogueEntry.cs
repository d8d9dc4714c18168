namespace RagApp.Ingestion.Catalogue;

/// <summary>One document of a list, as the catalogue has it.</summary>
/// <param name="Key">What the list is sorted by: the path, the date in ticks, or the size in bytes.</param>
/// <param name="Stamp">See <see cref="CatalogueRow.Stamp"/>.</param>
/// <param name="IsOpenBelow">Whether anything that came out of it is still in work.</param>
internal sealed record CatalogueEntry(string Id, string Key, long Stamp, bool IsOpenBelow);
