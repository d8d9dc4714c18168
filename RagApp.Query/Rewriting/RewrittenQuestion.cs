using RagApp.Contracts.Search;

namespace RagApp.Query.Rewriting;

/// <summary>A question and the other wordings searched for.</summary>
/// <param name="Texts">The question as asked, then the other wordings.</param>
/// <param name="Best">The most complete wording, which passages are ranked by.</param>
/// <param name="Rewrites">Record of the rewrites for the explanation; null when nothing was rewritten.</param>
internal sealed record RewrittenQuestion(IReadOnlyList<string> Texts, string Best, SearchRewrites? Rewrites)
{
    /// <summary>The question, made understandable alone, with its spelling as it was; null when no spelling was corrected.</summary>
    public string? AsSpelt { get; init; }

    public static RewrittenQuestion AsAsked(string question) => new([question], question, Rewrites: null);
}
