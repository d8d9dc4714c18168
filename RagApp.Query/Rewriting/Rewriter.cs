using RagApp.Contracts.Search;
using RagApp.Query.Glossaries;
using RagApp.Storage.Access;

namespace RagApp.Query.Rewriting;

/// <summary>
/// Makes a second text of a question, each step on what the one before made: 1. a follow-up stands alone; 2. its
/// spelling is corrected; 3. the glossary's terms are written out. 4. Where it was asked for, a chat model adds the
/// question in other words. The question as it was asked always takes part.
/// </summary>
internal sealed class Rewriter(Condensing condensing, Spelling spelling, GlossaryStore glossaries, MoreQueries more, Telemetry telemetry)
{
    public async Task<RewrittenQuestion> RewriteAsync(AccessFilter access, SearchRequest request, CancellationToken cancellationToken)
    {
        var question = request.Query;
        using var activity = Spans.Start(Spans.Stages.Rewrite);

        var condensed = await condensing.CondenseAsync(question, request.History ?? [], cancellationToken); // 1
        var text = condensed?.Text ?? question;
        var corrected = await spelling.CorrectAsync(text, access, cancellationToken); // 2
        text = corrected ?? text;
        var expanded = (await glossaries.GetTermsAsync(access.Tenant, cancellationToken)).Expand(text); // 3
        text = expanded?.Text ?? text;
        var others = request.MoreQueries is true ? await more.AskAsync(text, cancellationToken) : []; // 4

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
        return new RewrittenQuestion(texts, text, rewrites);
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
