using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using RagApp.Parsing;
using RagApp.Parsing.Formats.Mail;
using RagApp.Parsing.Members;
using RagApp.Tests.Ingestion.Children;

namespace RagApp.Tests.Parsing.Formats.Mail;

public sealed class MailFormatTests
{
    [Fact]
    public void Read_Mail_GivesHeadersTextAndAttachments()
    {
        var result = Read(MailFile.With("The engine", "It might act upon other things.", ("notes.txt", "Note G."), ("sums.csv", "a,b,c\n1,2,3\n4,5,6\n")));

        result.ContentType.ShouldBe(EmlFormat.MediaType);
        result.Properties.Title.ShouldBe("The engine");
        result.Properties.Author.ShouldBe("Ada Lovelace");
        result.Properties.Created.ShouldBe(new DateTimeOffset(2024, 2, 29, 13, 5, 0, TimeSpan.FromHours(1)));
        result.Blocks.Select(block => block.Text).ShouldBe(
        [
            "From: Ada Lovelace <ada@example.org>\nTo: Charles Babbage <charles@example.org>\nDate: 2024-02-29 13:05 +01:00\nSubject: The engine",
            "It might act upon other things.",
            "Attachments: notes.txt; sums.csv",
        ]);
        result.Members.Select(member => member.Name).ShouldBe(["notes.txt", "sums.csv"]);
    }

    [Fact]
    public void Read_MailSignedAsAWhole_GivesItsText()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=Vera", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(90));
        var signed = new SignedCms(new ContentInfo("Content-Type: text/plain\r\n\r\nThe code of the gate is 7702."u8.ToArray()));
        signed.ComputeSignature(new CmsSigner(certificate));

        var result = Read(Encoding.ASCII.GetBytes("From: vera@example.org\r\nSubject: Gate\r\nMIME-Version: 1.0\r\nContent-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + Convert.ToBase64String(signed.Encode(), Base64FormattingOptions.InsertLineBreaks) + "\r\n"));

        result.Blocks[^1].Text.ShouldBe("The code of the gate is 7702.");
        result.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Read_HeadersInEightBits_AreInTheEncodingOfTheText()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var mail = Encoding.GetEncoding("windows-1251").GetBytes("From: vera@example.org\nSubject: Ключ от склада\nContent-Type: text/plain; charset=windows-1251\n\nКлюч у охраны.\n");

        Read(mail).Properties.Title.ShouldBe("Ключ от склада");
    }

    [Fact]
    public void Read_MailboxWithOneMailAndOddLinesBeforeItsHeaders_KeepsThem() =>
        Read("From MAILER Mon Mar  1 10:00:00 2027\n>From vera@example.org Mon Mar  1 09:59:00 2027\nno header\nFrom: Vera <vera@example.org>\nSubject: Key\n\nThe key is in box three.\n"u8.ToArray())
            .Blocks.Select(block => block.Text).ShouldBe(["From: Vera <vera@example.org>\nSubject: Key", "The key is in box three."]);

    [Fact]
    public void Read_Invitation_IsPartOfTheText() =>
        Read("From: vera@example.org\nSubject: Handover\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nVera has invited you.\n--b\nContent-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20270318\nSUMMARY:Tugboat\nEND:VEVENT\nEND:VCALENDAR\n--b--\n"u8.ToArray())
            .Blocks.Select(block => block.Text).Skip(1).ShouldBe(["Vera has invited you.", "Tugboat", "Tugboat: 2027-03-18."]);

    [Fact]
    public void Read_PicturesAndSignatures_AreLeftOutAndCounted()
    {
        var result = Read(MailFile.With("Logo", "See below.", ("logo.png", [0x89, .. "PNG____"u8]), ("smime.p7s", [0x30, 0x82, 1, 2]), ("empty.txt", [])));

        result.Members.ShouldBeEmpty();
        result.Warnings.ShouldHaveSingleItem().ShouldBe("3 files inside were left out, as they hold no text: empty files (1), pictures (1), signatures (1).");
    }

    [Fact]
    public void Read_AlternativeThatSaysLess_PageIsRead()
    {
        var result = Read("""
            From: a@example.org
            Subject: News
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary=b

            --b
            Content-Type: text/plain

            Your program shows no HTML.
            --b
            Content-Type: text/html

            <h1>News</h1><p>The pangolin has moved into the east wing, where it may be visited on weekdays.</p><table><tr><td>Mo</td><td>9</td></tr></table>
            --b--
            """);

        result.Blocks.ShouldContain(new TextBlock(BlockKind.Heading, "News", 1, null));
        result.Blocks.ShouldContain(new TextBlock(BlockKind.TableRow, "Mo | 9", 0, null));
        result.Blocks.ShouldNotContain(block => block.Text.Contains("shows no HTML", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_WrongOrMissingCharset_IsDecodedByItsLook()
    {
        TextDecoderIsReady();
        const string Text = "Правила командировок: гостиница оплачивается до ста сорока евро за ночь.";
        byte[] Mail(string type) => [.. Encoding.ASCII.GetBytes($"From: a@example.org\nSubject: x\nContent-Type: {type}\nContent-Transfer-Encoding: 8bit\n\n"), .. Encoding.GetEncoding(1251).GetBytes(Text)];

        Read(Mail("text/plain")).Blocks[^1].Text.ShouldBe(Text);
        Read(Mail("text/plain; charset=utf-8")).Blocks[^1].Text.ShouldBe(Text);
        Read(Mail("text/plain; charset=windows-1251")).Blocks[^1].Text.ShouldBe(Text);
        Read(Mail("text/plain; charset=no-such-thing")).Blocks[^1].Text.ShouldBe(Text);
    }

    [Fact]
    public void Read_EncodedWordsAndForwardedMail_AreReadable()
    {
        var result = Read("""
            From: =?utf-8?B?WsO8cmljaA==?= <z@example.org>
            Subject: =?iso-8859-1?Q?Gr=FC=DFe?=
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain

            See the mail below.
            --b
            Content-Type: message/rfc822

            From: c@example.org
            Subject: Inside/out

            The inner text.
            --b--
            """, new MemberReading());

        result.Properties.Title.ShouldBe("Grüße");
        result.Properties.Author.ShouldBe("Zürich");
        var inner = result.Members.ShouldHaveSingleItem();
        inner.Name.ShouldBe("Inside-out.eml");
        inner.Result!.Properties.Title.ShouldBe("Inside/out");
        inner.Result.Blocks.ShouldContain(block => block.Text == "The inner text.");
    }

    [Fact]
    public void Read_PartsNestedWithoutEnd_EndsWithAWarning()
    {
        var mail = new StringBuilder("From: a@example.org\nSubject: deep\nContent-Type: multipart/mixed; boundary=b0\n\n");
        for (var depth = 0; depth < 2_000; depth++)
            mail.Append($"--b{depth}\nContent-Type: multipart/mixed; boundary=b{depth + 1}\n\n");

        var result = Read(mail.ToString());

        result.Outcome.ShouldBe(ParseOutcome.Text);
        result.Warnings.ShouldHaveSingleItem().ShouldContain("deeper than");
    }

    [Fact]
    public void Read_OutlooksOwnWrapping_GivesTextAndAttachment()
    {
        var wrapped = Convert.ToBase64String(TnefBuilder.With("Text inside winmail.dat.", "notes.txt", "The dugong notes."u8.ToArray()));

        var result = Read($"From: a@example.org\nSubject: x\nMIME-Version: 1.0\nContent-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n{wrapped}\n", new MemberReading());

        result.Blocks.ShouldContain(block => block.Text == "Text inside winmail.dat.");
        var member = result.Members.ShouldHaveSingleItem();
        member.Name.ShouldBe("notes.txt");
        member.Result!.Blocks.ShouldHaveSingleItem().Text.ShouldBe("The dugong notes.");
    }

    [Fact]
    public void Read_Mailbox_GivesAMemberForEveryMail()
    {
        var mailbox = string.Join("\n\n", Enumerable.Range(1, 3).Select(number =>
            $"From a@example.org Thu Feb 29 13:05:0{number} 2024\nFrom: a@example.org\nSubject: Number {number % 2}\n\nText {number}.\n>From here on it is quoted.\nFrom the middle of a paragraph."));

        var result = Read(mailbox, new MemberReading());

        result.ContentType.ShouldBe(MboxFormat.MediaType);
        result.Blocks.ShouldBeEmpty();
        result.Members.Select(member => member.Name).ShouldBe(["Number 1.eml", "Number 0.eml", "Number 1.eml"]);
        result.Members.Select(member => member.Result!.Blocks[^1].Text[..7]).ShouldBe(["Text 1.", "Text 2.", "Text 3."]);
    }

    [Fact]
    public void Read_MailboxWithOneMail_IsThatMail()
    {
        var result = Read("From a@example.org Thu Feb 29 13:05:00 2024\nFrom: a@example.org\nSubject: Alone\n\nThe only text.\n");

        result.Properties.Title.ShouldBe("Alone");
        result.Members.ShouldBeEmpty();
        result.Blocks[^1].Text.ShouldBe("The only text.");
    }

    private static ParseResult Read(string mail, IMemberSink? sink = null) => Read(Encoding.UTF8.GetBytes(mail), sink);

    private static ParseResult Read(byte[] mail, IMemberSink? sink = null)
    {
        var result = FileReader.Shipped.Read(new MemoryStream(mail), "mail", sink);
        result.Outcome.ShouldBe(ParseOutcome.Text, result.Reason);
        return result;
    }

    private static void TextDecoderIsReady() => TextDecoder.Decode("ready"u8);
}
