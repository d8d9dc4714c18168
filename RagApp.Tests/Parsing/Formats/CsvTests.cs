using static RagApp.Tests.Parsing.Formats.TestFiles;

namespace RagApp.Tests.Parsing.Formats;

public sealed class CsvTests
{
    [Theory]
    [InlineData("Country,City\nFrance,Paris\n")]
    [InlineData("Country;City\r\nFrance;Paris\r\n")]
    [InlineData("Country\tCity\nFrance\tParis")]
    [InlineData("sep=|\nCountry|City\nFrance|Paris")]
    public void Read_AnyDelimiter_NamesTheCells(string text) =>
        Texts(Read(text, "a.csv")).ShouldBe(["Country | City", "Country: France | City: Paris"]);

    [Fact]
    public void Read_OpenQuote_LosesNothing() =>
        Texts(Read("1,\"two, and\nthree\",4\n5\n\"open,6,7\n8,9,10\n", "a.csv")).ShouldBe(["1 | two, and three | 4", "5", "\"open | 6 | 7", "8 | 9 | 10"]);

    [Fact]
    public void Read_Formula_IsText() => Texts(Read("=1+1,@SUM(A1)\n", "a.csv")).ShouldBe(["=1+1 | @SUM(A1)"]);

    [Fact]
    public void Read_TabsUnderAnotherName_AreSeen() =>
        Texts(Read("Name\tAge\nAda\t36\nBob\t40\n", "export.dat")).ShouldBe(["Name | Age", "Name: Ada | Age: 36", "Name: Bob | Age: 40"]);
}
