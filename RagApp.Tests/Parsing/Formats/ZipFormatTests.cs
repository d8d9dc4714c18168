using System.IO.Compression;
using System.Text;
using RagApp.Parsing;
using RagApp.Parsing.Formats.Zip;
using RagApp.Parsing.Members;
using ZipFile = RagApp.Tests.Ingestion.Children.ZipFile;

namespace RagApp.Tests.Parsing.Formats;

public sealed class ZipFormatTests
{
    [Fact]
    public void Read_Archive_ListsItsDocuments()
    {
        var result = Read(ZipFile.Of(
            ("readme.md", "# Read me"), ("folder/", ""), ("folder/plan.txt", "The plan."), ("folder/plan.txt", "Another plan."),
            ("__MACOSX/folder/._plan.txt", "x"), (".DS_Store", "x"), ("folder/~$plan.docx", "x")));

        result.ContentType.ShouldBe(ZipFormat.MediaType);
        result.Blocks.ShouldBeEmpty();
        result.Members.Select(member => (member.Number, member.Name, member.Size)).ShouldBe([(1, "readme.md", 9), (2, "folder/plan.txt", 9), (3, "folder/plan.txt", 13)]);
        result.Warnings.ShouldHaveSingleItem().ShouldContain("files of the operating system (3)");
    }

    [Fact]
    public void Read_NamesThatClimb_StayInside() =>
        Read(ZipFile.Of(("../../etc/passwd.txt", "x"), ("/root/.ssh/key.txt", "x"), (@"C:\Users\a.txt", "x"), ("..", "x")))
            .Members.Select(member => member.Name).ShouldBe(["etc/passwd.txt", "root/.ssh/key.txt", "C:/Users/a.txt", "file-4"]);

    [Theory]
    [InlineData(437, "Übergröße.txt")]
    [InlineData(932, "日本語の資料.txt")]
    [InlineData(932, "予約書.txt")]
    [InlineData(437, "Größe.txt")]
    [InlineData(1251, "Правила командировок и отпусков.txt")]
    public void Read_NamesInAnotherEncoding_AreReadable(int codePage, string name)
    {
        TextDecoder.Decode("ready"u8);
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true, Encoding.GetEncoding(codePage)))
        {
            using var entry = archive.CreateEntry(name).Open();
            entry.Write("x"u8);
        }

        Read(bytes.ToArray()).Members.ShouldHaveSingleItem().Name.ShouldBe(name);
    }

    [Fact]
    public void Read_MarkedNames_AreLeftAsTheyAre() =>
        Read(ZipFile.Of(("Übersicht.txt", "x"), ("zażółć.txt", "x"))).Members.Select(member => member.Name).ShouldBe(["Übersicht.txt", "zażółć.txt"]);

    [Fact]
    public void Read_SomeEntriesProtected_AreNamed()
    {
        var result = Read(Protect(ZipFile.Of(("open.txt", "x"), ("secret.txt", "y")), "secret.txt"));

        result.Members.ShouldHaveSingleItem().Name.ShouldBe("open.txt");
        result.Warnings.ShouldHaveSingleItem().ShouldBe("'secret.txt' was left out: it is protected by a password.");
    }

    [Fact]
    public void Read_AllEntriesProtected_IsRefused()
    {
        var result = FileReader.Shipped.Read(new MemoryStream(Protect(ZipFile.Of(("secret.txt", "y")), "secret.txt")), "a.zip");

        result.Outcome.ShouldBe(ParseOutcome.Refused);
        result.Reason!.ShouldContain("password");
    }

    [Fact]
    public void Read_EntryThatUnpacksToMuchMore_HitsALimit()
    {
        var result = FileReader.Shipped.Read(new MemoryStream(ZipFile.Of(CompressionLevel.SmallestSize, ("zeros.txt", new byte[80 << 20]))), "bomb.zip");

        result.Outcome.ShouldBe(ParseOutcome.LimitHit);
        result.Reason!.ShouldContain("times its size");
    }

    [Fact]
    public void Read_DamagedEntry_CostsThatEntry()
    {
        var archive = ZipFile.Of(("good.txt", "good"), ("bad.txt", "bad text"));
        var at = archive.AsSpan().IndexOf("bad.txt"u8) + "bad.txt".Length;
        archive.AsSpan(at, 4).Fill(0xFF);

        var result = Read(archive, new MemberReading());

        result.Members.ShouldHaveSingleItem().Name.ShouldBe("good.txt");
        result.Warnings.ShouldHaveSingleItem().ShouldContain("bad.txt");
    }

    [Fact]
    public void Read_ArchivesInArchives_EndAtTheDepth()
    {
        var result = Read(ZipFile.Bomb(levels: 6, width: 2), new MemberReading());

        var deepest = result.Members[0];
        while (deepest.Result!.Members.Count > 0)
            deepest = deepest.Result.Members[0];
        deepest.Result.Outcome.ShouldBe(ParseOutcome.LimitHit);
        deepest.Result.Reason!.ShouldContain("nested deeper");
    }

    private static ParseResult Read(byte[] archive, IMemberSink? sink = null)
    {
        var result = FileReader.Shipped.Read(new MemoryStream(archive), "archive.zip", sink);
        result.Outcome.ShouldBe(ParseOutcome.Text, result.Reason);
        return result;
    }

    /// <summary>Sets the encryption flag of one entry in the archive's directory.</summary>
    private static byte[] Protect(byte[] archive, string name)
    {
        var record = archive.AsSpan().LastIndexOf(Encoding.ASCII.GetBytes(name)) - 46;
        archive[record + 8] |= 1;
        return archive;
    }
}
