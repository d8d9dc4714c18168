using RagApp.Contracts.Identity;
using RagApp.Contracts.Search;

namespace RagApp.Gateway.Answers;

/// <summary>A question and what the person who asks may read about it.</summary>
/// <param name="Hits">What was found, best first; a hit may join several passages that follow each other.</param>
/// <param name="History">Earlier messages of the conversation, oldest first.</param>
internal sealed record Question(Principal Principal, string Text, IReadOnlyList<SearchHit> Hits, IReadOnlyList<SearchMessage> History)
{
    /// <summary>The question standing alone and spelt right, as it was searched for: what sentences are compared with.</summary>
    public string Understood { get; init; } = Text;

    /// <summary>The passages of all hits, each on its own, best first.</summary>
    public IReadOnlyList<SearchHit> Passages { get; } =
    [
        .. Hits.SelectMany(hit => hit.Parts ?? [hit])
            .OrderByDescending(passage => passage.RerankScore ?? -1)
            .ThenByDescending(passage => passage.Score),
    ];
}
