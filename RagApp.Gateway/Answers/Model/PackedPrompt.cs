using Microsoft.Extensions.AI;
using RagApp.Contracts.Answers;
using RagApp.Contracts.Search;

namespace RagApp.Gateway.Answers.Model;

/// <summary>A prompt, and what went into it.</summary>
/// <param name="Passages">Those in it, in the order of their numbers.</param>
/// <param name="LeftOut">Those that did not fit, best first.</param>
/// <param name="HistoryLeftOut">Earlier messages that did not fit.</param>
internal sealed record PackedPrompt(
    IReadOnlyList<ChatMessage> Messages,
    IReadOnlyList<SearchHit> Passages,
    IReadOnlyList<LeftOutPassage> LeftOut,
    int HistoryLeftOut);
