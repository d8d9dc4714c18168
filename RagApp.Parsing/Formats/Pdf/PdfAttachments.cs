using UglyToad.PdfPig;
using UglyToad.PdfPig.Annotations;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Tokens;

namespace RagApp.Parsing.Formats.Pdf;

/// <summary>Hands over the files attached to a PDF, and those attached to a place on a page, as documents of their own.</summary>
internal sealed class PdfAttachments(PdfDocument pdf, BoundedFilters filters, BlockWriter output)
{
    private static readonly NameToken FileSpecification = NameToken.Create("FS"), EmbeddedFiles = NameToken.Create("EmbeddedFiles"), EmbeddedFile = NameToken.Create("EF"), File = NameToken.Create("F"), UnicodeName = NameToken.Create("UF");

    public void OfDocument()
    {
        try
        {
            if (!pdf.Advanced.TryGetEmbeddedFiles(out var files) || files.Count == 0)
            {
                if (Get<DictionaryToken>(pdf.Structure.Catalog.CatalogDictionary, NameToken.Names)?.ContainsKey(EmbeddedFiles) is true)
                    Warn();
                return;
            }
            foreach (var file in files)
                Add(file.Name, file.Memory);
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            Warn();
        }
    }

    public void OfPage(Page page)
    {
        try
        {
            foreach (var note in page.GetAnnotations())
            {
                if (note.Type == AnnotationType.FileAttachment)
                    Add(note.AnnotationDictionary);
            }
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            Warn();
        }
    }

    private void Add(DictionaryToken note)
    {
        if (Get<DictionaryToken>(note, FileSpecification) is not { } file || Get<DictionaryToken>(file, EmbeddedFile) is not { } content || Get<StreamToken>(content, File) is not { } stream)
            return;
        var name = (Get<IDataToken<string>>(file, UnicodeName) ?? Get<IDataToken<string>>(file, File))?.Data ?? "";
        var bytes = stream.Data;
        var applied = filters.GetFilters(stream.StreamDictionary);
        for (var at = 0; at < applied.Count; at++)
            bytes = applied[at].Decode(bytes, stream.StreamDictionary, filters, at);
        Add(name, bytes);
    }

    private void Add(string name, ReadOnlyMemory<byte> content) => output.Member(name, content.Length, () => new MemoryStream(content.ToArray(), writable: false));

    private T? Get<T>(DictionaryToken dictionary, NameToken name)
        where T : class
    {
        if (!dictionary.TryGet(name, out IToken? token))
            return null;
        return (token is IndirectReferenceToken reference ? pdf.Structure.GetObject(reference.Data).Data : token) as T;
    }

    private void Warn() => output.Warn("A file attached to it was left out: it is damaged or too large.");

    private static bool IsDamage(Exception exception) => exception is not (OutOfMemoryException or Members.MemberSinkException);
}
