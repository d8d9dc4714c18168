using System.Xml;
using System.Xml.Linq;

namespace RagApp.Storage.S3;

/// <summary>Answers in XML; servers differ in whether names stand in Amazon's namespace, so local names count.</summary>
internal static class S3Xml
{
    public const string Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, Async = true };

    public static async Task<XElement> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var reader = XmlReader.Create(body, Settings);
        return await XElement.LoadAsync(reader, LoadOptions.None, cancellationToken);
    }

    /// <summary>The error that a body holds; null when it holds none.</summary>
    public static XElement? ErrorIn(byte[] body)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body), Settings);
            return XElement.Load(reader) is { Name.LocalName: "Error" } error ? error : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    public static IEnumerable<XElement> Children(this XElement element, string name) =>
        element.Elements().Where(child => child.Name.LocalName == name);

    public static string? Text(this XElement element, string name) => element.Children(name).FirstOrDefault()?.Value;
}
