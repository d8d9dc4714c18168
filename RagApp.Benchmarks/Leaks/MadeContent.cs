using System.IO.Compression;
using System.Text;

namespace RagApp.Benchmarks.Leaks;

/// <summary>Writes the files of documents. All of them share words, so that a broad question reaches every document of a tenant.</summary>
internal sealed class MadeContent(PlantedWords words)
{
    /// <summary>Beginning of every path.</summary>
    public const string PathStart = "register";

    /// <summary>A question that every document with text matches.</summary>
    public const string BroadQuestion = "What is the code word of the harbour warehouse in the register?";

    public const string Extension = ".md";

    private const string AccountNumber = "DE89370400440532013000";

    public static string QuestionAbout(string keyword) => $"What is the code word of {keyword}?";

    /// <summary>The next version of a document, with new words.</summary>
    public MadeVersion Next(MadeDocument document, MadeKind kind)
    {
        var number = document.Versions.Count + 1;
        var keyword = words.NewKeyword();
        var (title, section, text) = (words.NewWord(), words.NewWord(), words.NewWord());
        var planted = new List<PlantedWord>
        {
            new(text, PlantedPart.Text, document, number), new(section, PlantedPart.Text, document, number), new(title, PlantedPart.Title, document, number),
        };
        var confidential = "";
        if (kind == MadeKind.Redacted)
        {
            planted.Add(new PlantedWord(words.NewCardNumber(), PlantedPart.Redacted, document, number));
            confidential = $"The card of {keyword} is {planted[^1].Word}.";
        }
        else if (kind == MadeKind.Quarantined)
        {
            confidential = $"The account IBAN of {keyword} is {AccountNumber}.";
        }
        var file = $"""
            # Register of {title}

            ## Section {section}

            The code word of {keyword} is {text}. It opens the harbour warehouse. {confidential}
            """;
        return Planted(new MadeVersion(number, kind, keyword, planted, Encoding.UTF8.GetBytes(file)));
    }

    /// <summary>The next version of a document with the very bytes of another one, whose words it then shares.</summary>
    public MadeVersion Copy(MadeDocument document, MadeVersion of)
    {
        var number = document.Versions.Count + 1;
        return Planted(of with
        {
            Number = number,
            Words = [.. of.Words.Select(word => word with { Document = document, Version = number })],
            IsHeld = of.Kind == MadeKind.Quarantined,
            IsRefused = false,
        });
    }

    /// <summary>An archive with files that have paths below its own.</summary>
    public MadeVersion Archive(MadeDocument document)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var file = 0; file < 2; file++)
            {
                var name = words.NewWord() + Extension;
                var member = new MadeDocument(document.Tenant, $"{document.Path}/{name}", document.Uploader, document);
                member.Versions.Add(Next(member, MadeKind.Plain));
                member.Searchable = 1;
                document.Members.Add(member);
                PlantRecord(member, member.Name);
                using var entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
                entry.Write(member.Latest.Content);
            }
        }
        return new MadeVersion(1, MadeKind.Archive, document.Members[0].Latest.Keyword, [], bytes.ToArray());
    }

    /// <summary>Plants the words of a document's record: path, tag, source and id.</summary>
    public void PlantRecord(MadeDocument document, params IEnumerable<string> inRecord)
    {
        foreach (var word in inRecord.Append(document.Id).Where(word => word.Length > 0))
            words.Add(new PlantedWord(word, PlantedPart.Record, document, Version: 0));
    }

    private MadeVersion Planted(MadeVersion version)
    {
        foreach (var word in version.Words)
            words.Add(word);
        return version;
    }
}
