using RagApp.Contracts.Identity;
using RagApp.Contracts.Search;

namespace RagApp.Gateway.Answers;

/// <summary>A question with the passages that were found for the caller.</summary>
/// <param name="Hits">Hits, best first; a hit may join several neighbouring passages.</param>
/// <param name="History">Earlier messages of the conversation, oldest first.</param>
internal sealed record Question(Principal Principal, string Text, IReadOnlyList<SearchHit> Hits, IReadOnlyList<SearchMessage> History)
{
    private IReadOnlyList<SearchHit>? _passages;

    /// <summary>
    /// The question made understandable without the earlier messages; passages are compared with this wording. Its spelling is the caller's: a correction
    /// may be wrong, so it finds passages but does not make them answers.
    /// </summary>
    public string Understood { get; init; } = Text;

    /// <summary>Filters that the caller set; null for none.</summary>
    public SearchFilters? Filters { get; init; }

    /// <summary>Codes of the question that no readable passage has: what the passages say is about other codes.</summary>
    public IReadOnlyList<string> UnknownCodes
    {
        get;
        // "ISO-9001" is known where a passage says "ISO 9001"
        init => field = [.. value.Where(code => !Passages.Any(passage => WithoutMarks(passage.Text).Contains(WithoutMarks(code), StringComparison.OrdinalIgnoreCase)))];
    } = [];

    /// <summary>Words of the question that no readable passage has in any form.</summary>
    public IReadOnlyList<string> UnknownWords { get; init; } = [];

    /// <summary>Hits to look for the answer in; more than <see cref="Hits"/>, which a model is given, since reading costs no money.</summary>
    public IReadOnlyList<SearchHit> Candidates { get; init; } = Hits;

    /// <summary>Passages of all candidates, best first; joined hits are split into their passages.</summary>
    public IReadOnlyList<SearchHit> Passages => _passages ??=
    [
        .. Candidates.SelectMany(hit => hit.Parts ?? [hit])
            .OrderByDescending(passage => passage.RerankScore ?? -1)
            .ThenByDescending(passage => passage.Score),
    ];

    private static string WithoutMarks(string text) => string.Concat(text.Where(char.IsLetterOrDigit));
}
