namespace RagApp.Contracts.Search;

/// <summary>
/// The synonyms of an organisation: a question that holds one wording of an entry is also searched with the entry's other
/// wordings.
/// </summary>
/// <param name="Entries">Up to 2,000 entries.</param>
public sealed record Glossary(IReadOnlyList<GlossaryEntry> Entries);

/// <summary>A term and its synonyms; each wording is expanded to the others.</summary>
/// <param name="Term">An acronym or a word, such as <c>PTO</c>, up to 100 characters.</param>
/// <param name="Expansions">Meanings of the term, such as <c>paid time off</c>: 1 to 8, of up to 100 characters each.</param>
public sealed record GlossaryEntry(string Term, IReadOnlyList<string> Expansions);

/// <summary>A tenant's glossary with the entity tag of its stored state.</summary>
/// <param name="ETag">Entity tag of the stored state, quotation marks included; null when no glossary was ever saved.</param>
public sealed record StoredGlossary(Glossary Glossary, string? ETag);
