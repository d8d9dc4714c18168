using RagApp.Contracts.Documents;
using RagApp.Contracts.Search;

namespace RagApp.Gateway.Answers.Agentic;

/// <summary>The filters of the person who asks: a model can narrow them further and never widen them.</summary>
internal sealed class SearchScope(SearchFilters? given)
{
    private readonly SearchFilters _given = given ?? new SearchFilters();

    /// <summary>Narrows the filters; where a person has chosen a document or a type, that choice stays.</summary>
    public SearchFilters Narrow(string? document, string? type, DateTimeOffset? from, DateTimeOffset? before) => _given with
    {
        Documents = _given.Documents ?? ListOf(document),
        Types = _given.Types ?? ListOf(type),
        From = _given.From > from || from is null ? _given.From : from,
        Before = _given.Before < before || before is null ? _given.Before : before,
    };

    /// <summary>True when the filters let a document through.</summary>
    public bool Includes(DocumentInfo document) =>
        Has(_given.Documents, document.Id) && Has(_given.Sources, document.Source) && Has(_given.Types, document.Type)
        && (_given.Tags is null || _given.Tags.Intersect(document.Tags, StringComparer.Ordinal).Any())
        && (_given.Languages is null || (document.Language is { } language && Has(_given.Languages, language)))
        && (_given.From is null || document.Date >= _given.From) && (_given.Before is null || document.Date < _given.Before);

    private static bool Has(IReadOnlyList<string>? values, string value) => values is null || values.Contains(value, StringComparer.Ordinal);

    private static string[]? ListOf(string? value) => string.IsNullOrWhiteSpace(value) ? null : [value];
}
