namespace RagApp.Contracts.Identity;

/// <summary>A person for trying out the system.</summary>
/// <param name="Tenant">Organisation of the person.</param>
/// <param name="Subject">Name of the person, and the person's API key.</param>
/// <param name="Groups">Groups of the person.</param>
/// <param name="Questions">Questions to begin with, which the sample documents answer.</param>
public sealed record DemoPerson(string Tenant, string Subject, IReadOnlyList<string> Groups, IReadOnlyList<SampleQuestion> Questions);

/// <summary>A question that a sample document answers.</summary>
/// <param name="Text">The question.</param>
/// <param name="Path">Path of the document.</param>
public sealed record SampleQuestion(string Text, string Path);

/// <summary>Answer of <c>GET /v1/demo-people</c>, which exists in Development only.</summary>
public sealed record DemoPeopleList(IReadOnlyList<DemoPerson> People);
