using RagApp.Contracts.Search;

namespace RagApp.Query.Rewriting;

/// <summary>A question and what is searched for besides it.</summary>
/// <param name="Texts">The question as it was asked, which always takes part, then the others.</param>
/// <param name="Best">The text that says most fully what is asked: what passages are ranked by.</param>
/// <param name="Rewrites">For the explanation; null when nothing was rewritten.</param>
internal sealed record RewrittenQuestion(IReadOnlyList<string> Texts, string Best, SearchRewrites? Rewrites)
{
    public static RewrittenQuestion AsAsked(string question) => new([question], question, Rewrites: null);
}
