namespace RagApp.Parsing.Members;

/// <summary>Receives the files inside a file while it is read.</summary>
internal interface IMemberSink
{
    /// <summary>Receives a member. Returns the member to list, or null when it is damaged.</summary>
    /// <param name="content">The bytes, which can be read once; reading damaged ones throws.</param>
    DocumentMember? Take(DocumentMember member, Stream content);
}
