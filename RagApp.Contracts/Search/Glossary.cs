namespace RagApp.Contracts.Search;

/// <summary>What an organisation's own words stand for: a question with one of them is searched for with the others as well.</summary>
/// <param name="Entries">Up to 2,000.</param>
public sealed record Glossary(IReadOnlyList<GlossaryEntry> Entries);

/// <summary>A term, and what is said for it elsewhere; it holds in both directions.</summary>
/// <param name="Term">An acronym or a word, such as <c>PTO</c>, up to 100 characters.</param>
/// <param name="Expansions">What it stands for, such as <c>paid time off</c>: 1 to 8, of up to 100 characters.</param>
public sealed record GlossaryEntry(string Term, IReadOnlyList<string> Expansions);

/// <summary>A tenant's glossary as it is kept.</summary>
/// <param name="ETag">Names its state for a change, with its quotation marks; null when none was ever saved.</param>
public sealed record StoredGlossary(Glossary Glossary, string? ETag);
