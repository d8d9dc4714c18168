using System.Buffers.Binary;
using System.Text;
using RagApp.Parsing;
using RagApp.Parsing.Formats.Mail.Outlook;
using RagApp.Parsing.Members;

namespace RagApp.Tests.Parsing.Formats.Mail;

public sealed class MsgFormatTests
{
    [Fact]
    public void Read_Message_GivesHeadersTextAndAttachments()
    {
        var file = new CompoundFileBuilder();
        AddMessage(file, parent: 0, "Quarterly figures", "The figures are attached.", headerBytes: 32);
        var recipient = file.Folder("__recip_version1.0_#00000000");
        AddText(file, recipient, "3001", "Charles Babbage");
        AddText(file, recipient, "39FE", "charles@example.org");
        file.File("__properties_version1.0", Records(8, (0x0C150003, 2)), recipient);
        AddAttachment(file, "figures.txt", Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Repeat("The dodo line.", 1_000))));

        var result = Read(file.Build());

        result.ContentType.ShouldBe(MsgFormat.MediaType);
        result.Properties.Title.ShouldBe("Quarterly figures");
        result.Properties.Created.ShouldBe(new DateTimeOffset(2024, 2, 29, 12, 5, 0, TimeSpan.Zero));
        result.Blocks[0].Text.ShouldBe("From: Ada Lovelace <ada@example.org>\nCc: Charles Babbage <charles@example.org>\nDate: 2024-02-29 12:05 +00:00\nSubject: Quarterly figures");
        result.Blocks[1].Text.ShouldBe("The figures are attached.");
        var member = result.Members.ShouldHaveSingleItem();
        member.Name.ShouldBe("figures.txt");
        member.Result!.Blocks[0].Text.ShouldStartWith("The dodo line.");
    }

    [Fact]
    public void Read_MessageInsideAMessage_IsAMailOfItsOwn()
    {
        var file = new CompoundFileBuilder();
        AddMessage(file, parent: 0, "Fwd", "See below.", headerBytes: 32);
        var attachment = file.Folder("__attach_version1.0_#00000000");
        file.File("__properties_version1.0", Records(8, (0x37050003, 5)), attachment);
        AddMessage(file, file.Folder("__substg1.0_3701000D", attachment), "The original", "The quagga text.", headerBytes: 24);

        var member = Read(file.Build()).Members.ShouldHaveSingleItem();

        member.Name.ShouldBe("The original.eml");
        member.Result!.Properties.Title.ShouldBe("The original");
        member.Result.Blocks.ShouldContain(block => block.Text == "The quagga text.");
    }

    [Fact]
    public void Read_EightBitText_IsInItsCodePage()
    {
        TextDecoder.Decode("ready"u8);
        var file = new CompoundFileBuilder();
        file.File("__properties_version1.0", Records(32, (0x3FFD0003, 1251)));
        file.File("__substg1.0_1000001E", Encoding.GetEncoding(1251).GetBytes("Сообщение передано"));

        Read(file.Build()).Blocks[^1].Text.ShouldBe("Сообщение передано");
    }

    [Fact]
    public void Read_PageOnly_IsReadAsPage()
    {
        var file = new CompoundFileBuilder();
        file.File("__properties_version1.0", Records(32, (0x3FDE0003, 65001)));
        file.File("__substg1.0_10130102", Encoding.UTF8.GetBytes("<html><body><h2>Grüße</h2><p>Text.</p></body></html>"));

        Read(file.Build()).Blocks.ShouldBe([new TextBlock(BlockKind.Heading, "Grüße", 2, null), new TextBlock(BlockKind.Paragraph, "Text.", 0, null)]);
    }

    [Fact]
    public void Read_RichTextOnly_IsReadAsRtf()
    {
        var rtf = @"{\rtf1\ansi\ansicpg1252{\info{\title Not the subject}}The {\b axolotl} text.\par Gr\'fc\'dfe.}";
        var file = new CompoundFileBuilder();
        file.File("__properties_version1.0", Records(32));
        AddText(file, 0, "0037", "Rich");
        file.File("__substg1.0_10090102", Uncompressed(Encoding.ASCII.GetBytes(rtf)));

        var result = Read(file.Build());

        result.Properties.Title.ShouldBe("Rich");
        result.Blocks.Select(block => block.Text).ShouldBe(["Subject: Rich", "The axolotl text.", "Grüße."]);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(41)]
    [InlineData(1009)]
    public void Read_DamagedAnywhere_EndsWithAResult(int seed)
    {
        var file = new CompoundFileBuilder();
        AddMessage(file, parent: 0, "Damaged", "Text.", headerBytes: 32);
        AddAttachment(file, "a.txt", new byte[9_000]);
        var bytes = file.Build();
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var damaged = bytes.ToArray();
            for (var i = 0; i < 20; i++)
                damaged[random.Next(8, damaged.Length)] = (byte)random.Next(256);

            var result = FileReader.Shipped.Read(new MemoryStream(damaged[..random.Next(512, damaged.Length)]), "damaged.msg", new MemberReading());

            (result.Outcome == ParseOutcome.Text || result.Reason is not null).ShouldBeTrue();
        }
    }

    [Fact]
    public void Read_ChainsThatRunInCircles_End()
    {
        var file = new CompoundFileBuilder();
        AddMessage(file, parent: 0, "Circles", "Text.", headerBytes: 32);
        var bytes = file.Build();
        bytes.AsSpan(bytes.Length - 512).Clear(); // the allocation table names the first sector as the successor of every sector

        var result = FileReader.Shipped.Read(new MemoryStream(bytes), "circles.msg");

        result.Blocks.ShouldNotContain(block => block.Text == "Text.");
    }

    private static ParseResult Read(byte[] file)
    {
        var result = FileReader.Shipped.Read(new MemoryStream(file), "mail.msg", new MemberReading());
        result.Outcome.ShouldBe(ParseOutcome.Text, result.Reason);
        return result;
    }

    private static void AddMessage(CompoundFileBuilder file, int parent, string subject, string text, int headerBytes)
    {
        var sent = new DateTimeOffset(2024, 2, 29, 12, 5, 0, TimeSpan.Zero).ToFileTime();
        file.File("__properties_version1.0", Records(headerBytes, (0x00390040, sent)), parent);
        AddText(file, parent, "0037", subject);
        AddText(file, parent, "0C1A", "Ada Lovelace");
        AddText(file, parent, "5D01", "ada@example.org");
        AddText(file, parent, "1000", text);
    }

    private static void AddAttachment(CompoundFileBuilder file, string name, byte[] content)
    {
        var attachment = file.Folder("__attach_version1.0_#00000000");
        AddText(file, attachment, "3707", name);
        file.File("__substg1.0_37010102", content, attachment);
    }

    private static void AddText(CompoundFileBuilder file, int parent, string tag, string text) =>
        file.File($"__substg1.0_{tag}001F", Encoding.Unicode.GetBytes(text), parent);

    /// <summary>The uncompressed form of Outlook's RTF compression: sizes, "MELA", no checksum.</summary>
    private static byte[] Uncompressed(byte[] rtf)
    {
        var header = new byte[16];
        BinaryPrimitives.WriteInt32LittleEndian(header, rtf.Length + 12);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), rtf.Length);
        "MELA"u8.CopyTo(header.AsSpan(8));
        return [.. header, .. rtf];
    }

    private static byte[] Records(int headerBytes, params (uint Tag, long Value)[] records)
    {
        var bytes = new byte[headerBytes + 16 * records.Length];
        for (var i = 0; i < records.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(headerBytes + 16 * i), records[i].Tag);
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(headerBytes + 16 * i + 8), records[i].Value);
        }
        return bytes;
    }
}
