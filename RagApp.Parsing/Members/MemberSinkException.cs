namespace RagApp.Parsing.Members;

/// <summary>The receiver of members has failed. The file is not at fault, so reading ends.</summary>
internal sealed class MemberSinkException(Exception cause) : Exception(cause.Message, cause);
