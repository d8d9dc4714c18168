using RagApp.Ingestion.Parsing.Members;

namespace RagApp.Ingestion.Processing.Members;

/// <summary>The document that a file inside a file becomes.</summary>
internal sealed record MemberPlan(DocumentMember Member, string Path, string Id);
