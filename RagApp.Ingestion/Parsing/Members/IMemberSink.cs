namespace RagApp.Ingestion.Parsing.Members;

/// <summary>Takes the files out of a file while it is read.</summary>
internal interface IMemberSink
{
    /// <summary>Takes one member; what it returns is listed, null when it turned out damaged on the way.</summary>
    /// <param name="content">The bytes, to be read once; reading them may throw whatever a damaged file makes a format throw.</param>
    DocumentMember? Take(DocumentMember member, Stream content);
}
