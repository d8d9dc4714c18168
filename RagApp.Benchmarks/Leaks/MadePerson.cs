namespace RagApp.Benchmarks.Leaks;

/// <summary>A person who asks. The groups change in the course of a run; each request carries a token with those of the moment.</summary>
internal sealed class MadePerson(string tenant, string subject, params string[] groups)
{
    public string Tenant => tenant;

    public string Subject => subject;

    public List<string> Groups { get; } = [.. groups];

    public override string ToString() => $"{tenant}/{subject} [{string.Join(' ', Groups)}]";
}
