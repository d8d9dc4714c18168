using Microsoft.Extensions.AI;
using RagApp.Contracts.Answers;
using RagApp.Contracts.Search;

namespace RagApp.Gateway.Answers.Model;

/// <summary>A prompt and the passages and messages that it contains.</summary>
/// <param name="Passages">Passages in the prompt, in the order of their numbers.</param>
/// <param name="LeftOut">Passages that did not fit, best first.</param>
/// <param name="HistoryLeftOut">Number of earlier messages that did not fit.</param>
internal sealed record PackedPrompt(
    IReadOnlyList<ChatMessage> Messages,
    IReadOnlyList<SearchHit> Passages,
    IReadOnlyList<LeftOutPassage> LeftOut,
    int HistoryLeftOut)
{
    /// <summary>Passages that read like instructions to a model, and are therefore not in the prompt.</summary>
    public IReadOnlyList<SuspiciousPassage> Suspicious { get; init; } = [];
}
