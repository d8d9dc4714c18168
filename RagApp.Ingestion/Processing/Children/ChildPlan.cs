using RagApp.Parsing.Members;

namespace RagApp.Ingestion.Processing.Children;

/// <summary>A file inside a file, with the path and id of the document it becomes.</summary>
internal sealed record ChildPlan(DocumentMember Member, string Path, string Id);
