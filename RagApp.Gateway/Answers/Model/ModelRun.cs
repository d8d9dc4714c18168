using System.Diagnostics;
using Microsoft.Extensions.AI;
using RagApp.Contracts.Answers;

namespace RagApp.Gateway.Answers.Model;

/// <summary>What has come of one model call so far: citations, usage.</summary>
internal sealed class ModelRun(PackedPrompt prompt, string model)
{
    private readonly CitationReader _citations = new(prompt.Passages.Count);
    private readonly UsageDetails _usage = new();
    private bool _hasCitation;

    public IEnumerable<AnswerEvent> Read(ChatResponseUpdate update)
    {
        foreach (var usage in update.Contents.OfType<UsageContent>())
            _usage.Add(usage.Details);

        var (text, citations) = _citations.Read(update.Text);
        if (text.Length > 0)
            yield return new AnswerEvent.Token(text);
        foreach (var citation in citations)
        {
            _hasCitation = true;
            yield return new AnswerEvent.Cited(Citing(citation));
        }
    }

    public IEnumerable<AnswerEvent> Finish()
    {
        if (_citations.Finish() is { Length: > 0 } rest)
            yield return new AnswerEvent.Token(rest);
    }

    public AnswerEvent Summarise(string answerer) => new AnswerEvent.Done(new AnswerSummary(
        answerer,
        model,
        Found: _hasCitation,
        prompt.Passages.Count,
        prompt.LeftOut,
        (int?)_usage.InputTokenCount,
        (int?)_usage.OutputTokenCount,
        Activity.Current?.TraceId.ToString()));

    private Citation Citing(NewCitation citation)
    {
        var passage = prompt.Passages[citation.Passage];
        return Quote.Whole(passage).ToCitation(citation.Number);
    }
}
