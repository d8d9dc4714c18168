namespace RagApp.Tests.Ingestion;

/// <summary>The sample documents that ship with the service: real files of every format.</summary>
internal static class Samples
{
    public const string TravelPolicy = "acme-travel-policy.pdf";
    public const string Budget = "acme-budget-2027.docx";
    public const string Runbook = "acme-on-call-runbook.md";
    public const string LeaveHandbook = "acme-leave-handbook.html";

    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Samples", "Files", name);
}
