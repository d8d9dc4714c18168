using RagApp.Dlp.Text;

namespace RagApp.Tests.Dlp;

/// <summary>Detection of e-mail addresses and phone numbers.</summary>
public sealed class PersonalTests
{
    [Theory]
    [InlineData("Write to anna.k+news@mail.example.org.", "anna.k+news@mail.example.org")]
    [InlineData("<bob@example.com>", "bob@example.com")]
    [InlineData("mailto:bob@example.com?subject=x", "bob@example.com")]
    [InlineData("jürgen@müller.de", "jürgen@müller.de")]
    [InlineData("o'neil@example.ie,", "o'neil@example.ie")]
    [InlineData("bob＠example.com", "bob＠example.com")]
    [InlineData("a@xn--bcher-kva.xn--p1ai", "a@xn--bcher-kva.xn--p1ai")]
    public void Email_Addresses_AreFound(string text, string address) => Detection.Find("email", text).ShouldHaveSingleItem().ShouldEndWith(address);

    [Theory]
    [InlineData("icon@2x.png")]
    [InlineData("lodash@4.17.21")]
    [InlineData("@angular/core@17.0.0")]
    [InlineData("git@github.com:acme/app.git")]
    [InlineData("@handle and @other")]
    [InlineData("a@b")]
    [InlineData("a@@b.com")]
    [InlineData("a@b.com@c.com@")]
    [InlineData("5 apples @ 2.50")]
    public void Email_LookAlikes_AreNotFound(string text) => Detection.Find("email", text).ShouldBeEmpty();

    [Theory]
    [InlineData("+1 415-555-2671")]
    [InlineData("+44 20 7946 0958")]
    [InlineData("+49 (0)30 901820")]
    [InlineData("(415) 555-2671")]
    [InlineData("415-555-2671")]
    [InlineData("1-800-356-9377")]
    [InlineData("＋１ ４１５ ５５５ ２６７１")]
    public void Phone_Notations_AreFoundWhole(string number) =>
        Detection.Find("phone", $"Reach us under {number} any time").ShouldHaveSingleItem().ShouldBe(number);

    [Fact]
    public void Phone_InOnePiece_NeedsAWordBefore()
    {
        Detection.Find("phone", "Tel. 4155552671").ShouldHaveSingleItem();
        Detection.Find("phone", "Case 4155552671").ShouldBeEmpty();
    }

    [Fact]
    public void Phone_OtherRegion_IsThatRegionsOwn()
    {
        var german = Detection.Create("DE");
        german.Scan(new ScannedText(["Telefon 030 901820"]), ["phone"], TestContext.Current.CancellationToken).ShouldHaveSingleItem();
        german.Scan(new ScannedText(["415-555-2671 is American"]), ["phone"], TestContext.Current.CancellationToken).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("2024-01-15")]
    [InlineData("25.11.2026 14:57")]
    [InlineData("$4,155,552,671")]
    [InlineData("ISBN 978-3-16-148410-0")]
    [InlineData("v10.0.26100.4061")]
    [InlineData("192.168.100.200")]
    [InlineData("SKU-415-555-2671")]
    [InlineData("pages 415-555, 2671")]
    [InlineData("4155552671890")]
    public void Phone_LookAlikes_AreNotFound(string text) => Detection.Find("phone", text).ShouldBeEmpty();
}
