using RagApp.Contracts.Answers;
using RagApp.Contracts.Identity;
using RagApp.Gateway.Audit;
using RagApp.Models.Budgets;
using RagApp.Storage.Journals;

namespace RagApp.Gateway.Answers;

/// <summary>The audit record of one answer: made when it ends, in whatever way.</summary>
internal sealed class AnswerAudit(RequestAudit audit, Principal principal, AnswerRequest request) : IDisposable
{
    private const string Answers = "answers";

    private readonly List<string> _documents = [];
    private AnswerSummary? _summary;

    public void Observe(AnswerEvent next)
    {
        switch (next)
        {
            case AnswerEvent.Cited { Citation: var citation }:
                _documents.Add(citation.DocumentId);
                break;
            case AnswerEvent.Withdrawn:
                _documents.Clear();
                break;
            case AnswerEvent.Done { Summary: var summary }:
                _summary = summary;
                break;
        }
    }

    /// <summary>Records that a budget refused the model call.</summary>
    public void Refused(BudgetExceededException refusal) =>
        audit.Record(principal, AuditActions.BudgetRefused, [("feature", Answers), ("budget", $"{refusal.Scope}")]);

    public void Dispose() => audit.Record(principal, AuditActions.AnswerGiven,
    [
        ("outcome", _summary switch { null => "broken off", { Withheld: not null } => "withheld", { Found: true } => "found", _ => "not found" }),
        ("mode", request.Mode == AnswerMode.Agentic ? "agentic" : "direct"),
        ("answerer", _summary?.Answerer),
        ("model", _summary?.Model),
        ("documents", AuditDetails.Documents(_documents)),
        ("citations", AuditDetails.Number(_documents.Count)),
        ("passages", AuditDetails.Number(_summary?.PassagesUsed)),
        ("tokens", AuditDetails.Number(_summary?.PromptTokens + _summary?.CompletionTokens)),
        ("hidden", AuditDetails.Hidden(_summary?.Hidden ?? [])),
        ("suspicious", _summary?.Suspicious is { Count: > 0 } suspicious ? AuditDetails.Number(suspicious.Count) : null),
    ]);
}
