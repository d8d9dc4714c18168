namespace RagApp.Ingestion.Parsing.Members;

/// <summary>A member that began turned out damaged, or the child that sent it ended: what came of it is worth nothing.</summary>
internal sealed class MemberBrokenException() : IOException("The file inside the file broke off.");
