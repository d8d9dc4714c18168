using RagApp.Contracts.Identity;
using RagApp.Contracts.Search;
using RagApp.Query.Glossaries;
using RagApp.Storage.Access;

namespace RagApp.Query.Rewriting;

/// <summary>
/// Rewrites a question; each step works on the result of the one before: 1. a follow-up is made understandable alone; 2. the
/// spelling is corrected; 3. the meanings of glossary terms are added; 4. on request, a chat model adds paraphrases. The question
/// as asked is always searched for too.
/// </summary>
internal sealed class Rewriter(Condensing condensing, SpellingCorrector spelling, GlossaryStore glossaries, MoreQueries more, Telemetry telemetry)
{
    public async Task<RewrittenQuestion> RewriteAsync(Principal principal, AccessFilter access, SearchRequest request, CancellationToken cancellationToken)
    {
        var question = request.Query;
        using var activity = Spans.Source.StartActivity(Spans.Stages.Rewrite);

        var condensed = await condensing.CondenseAsync(principal, question, request.History ?? [], cancellationToken); // 1
        var text = condensed?.Text ?? question;
        var corrected = await spelling.CorrectAsync(text, access, cancellationToken); // 2
        text = corrected ?? text;
        var expanded = (await glossaries.GetTermsAsync(access.Tenant, cancellationToken)).Expand(text); // 3
        text = expanded?.Text ?? text;
        var others = request.MoreQueries is true ? await more.AskAsync(principal, text, cancellationToken) : []; // 4

        IReadOnlyList<string> texts = [.. new[] { question, text }.Concat(others).Distinct(StringComparer.OrdinalIgnoreCase)];
        activity?.SetTag(Spans.Tags.Texts, texts.Count);
        if (texts.Count == 1)
            return RewrittenQuestion.AsAsked(question);
        var prompts = new[] { condensed?.PromptVersion, others.Count > 0 ? MoreQueries.PromptVersion : null }.OfType<string>().ToList();
        var rewrites = new SearchRewrites(
            corrected, condensed?.Text, expanded?.Added ?? [], others, prompts.Count == 0 ? null : string.Join(' ', prompts));
        var kinds = KindsOf(rewrites, condensed?.PromptVersion is not null).ToArray();
        activity?.SetTag(Spans.Tags.Rewrites, kinds);
        foreach (var kind in kinds)
            telemetry.Rewritten(kind);
        return new RewrittenQuestion(texts, text, rewrites) { AsSpelt = corrected is null ? null : condensed?.Text ?? question };
    }

    private static IEnumerable<string> KindsOf(SearchRewrites rewrites, bool condensedByModel)
    {
        if (rewrites.Condensed is not null)
            yield return condensedByModel ? Telemetry.Kinds.CondensedByModel : Telemetry.Kinds.CondensedByRules;
        if (rewrites.Corrected is not null)
            yield return Telemetry.Kinds.Corrected;
        if (rewrites.Expanded.Count > 0)
            yield return Telemetry.Kinds.Expanded;
        if (rewrites.More.Count > 0)
            yield return Telemetry.Kinds.MoreQueries;
    }
}
