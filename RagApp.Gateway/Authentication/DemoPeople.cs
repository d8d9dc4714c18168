using RagApp.Contracts.Identity;

namespace RagApp.Gateway.Authentication;

/// <summary>People for trying out the system, in Development only. Each name is also that person's API key.</summary>
internal static class DemoPeople
{
    public static readonly IReadOnlyList<DemoPerson> All =
    [
        new("acme", "demo-alice", ["staff", "finance"],
        [
            new("How many days of holiday do I get a year?", "policies/leave-handbook.html"),
            new("What is the daily allowance in France?", "policies/travel-and-expenses.pdf"),
            new("How much does Acme invest in the second sorting line?", "finance/budget-2027.docx"),
        ]),
        new("acme", "demo-bob", ["staff", "engineering"],
        [
            new("What does error PAY-4021 mean?", "engineering/on-call-runbook.md"),
            new("How fast must a SEV-2 be answered?", "engineering/on-call-runbook.md"),
            new("When does the old building on Mill Lane close?", "staff/office-move.md"),
        ]),
        new("globex", "demo-eve", ["staff"],
        [
            new("How many weeks of parental leave do I get?", "policies/parental-leave.md"),
            new("Where may visitors take photographs?", "policies/visitors.html"),
            new("How much does a place in the nursery cost?", "policies/parental-leave.md"),
        ]),
    ];

    public static Principal PrincipalOf(DemoPerson person) => new(person.Tenant, person.Subject, person.Groups, [], Region: null);
}
