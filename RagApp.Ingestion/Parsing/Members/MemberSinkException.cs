namespace RagApp.Ingestion.Parsing.Members;

/// <summary>The one who takes members takes no more: not the file's fault, so the reading ends.</summary>
internal sealed class MemberSinkException(Exception cause) : Exception(cause.Message, cause);
