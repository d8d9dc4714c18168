using RagApp.Contracts.Identity;

namespace RagApp.Ingestion.Samples;

/// <summary>A sample document: a file beside the program, with its uploader and access list.</summary>
internal sealed record SampleDocument(string File, string Path, Principal Uploader, IReadOnlyList<string> Access)
{
    private static readonly Principal Alice = new("acme", "demo-alice", ["staff", "finance"], [], Region: null);
    private static readonly Principal Bob = new("acme", "demo-bob", ["staff", "engineering"], [], Region: null);
    private static readonly Principal Eve = new("globex", "demo-eve", ["staff"], [], Region: null);

    public static readonly IReadOnlyList<SampleDocument> All =
    [
        new("acme-travel-policy.pdf", "policies/travel-and-expenses.pdf", Alice, [AccessEntry.Public]),
        new("acme-budget-2027.docx", "finance/budget-2027.docx", Alice, [AccessEntry.Group("finance")]),
        new("acme-on-call-runbook.md", "engineering/on-call-runbook.md", Bob, [AccessEntry.Group("engineering")]),
        new("acme-leave-handbook.html", "policies/leave-handbook.html", Alice, [AccessEntry.Public]),
        new("acme-staff-note.md", "staff/office-move.md", Alice, [AccessEntry.Group("staff")]),
        new("globex-parental-leave.md", "policies/parental-leave.md", Eve, [AccessEntry.Public]),
        new("globex-visitor-rules.html", "policies/visitors.html", Eve, [AccessEntry.Group("staff")]),
    ];
}
