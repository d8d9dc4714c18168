using RagApp.Text;

namespace RagApp.Tests.Text;

public sealed class TableHeaderTests
{
    /// <param name="expected">For each row <c>H</c> for a header, else the positions of the rows that name its columns.</param>
    /// <param name="rows">The rows of a table.</param>
    [Theory]
    [InlineData("H 0", "Name | Office | Phone", "Ann | Berlin | yes")]
    [InlineData("H 0 0", "| Name | Office | Since |", "| Ann | Berlin | spring |", "| Bob | Rome | May |")]
    [InlineData("H 0", "Name\tOffice\tDesk", "Ann\tBerlin\tcorner")]
    [InlineData("- -", "Industry | Information technology", "Area served | Worldwide")] // labels and their texts
    [InlineData("H H 0,1", "|  | Years Ended September 30, |", "| 2019 | 2018", "Fixed | 1.5 | 1.2")]
    [InlineData("H H H 0,1,2", "Sales", "(in millions)", "Type | 2019", "Fixed | 1.5")]
    [InlineData("- H H H H 1,2,3,4", "Sales", "by type", "and", "country", "Type | 2019", "Fixed | 1.5")] // the last rows of many
    [InlineData("H H H 0,1,2", "In millions | January–June 2023", "Sales (a) | Profit", "Zones", "Zone NA | 12,553 | 2,713")]
    [InlineData("H H 0,1 H 0,1,3", "Year Ended December 31,", "2015 | 2016", "Sales | 1.5 | 2.5", "Operating expenses:", "Cost | 3.1 | 2.2")] // a group
    [InlineData("H H 0,1 H 0,3", "Region | Rate", "Europe", "France | 140", "Asia", "Japan | 180")] // the first group too
    [InlineData("H H 0,1 H H 3,4", "FULL RATE | SINGLE", "€ | 1997 | 1998", "15,000 | 23.0% | 20.8%", "FULL RATE | MARRIED", "€ | 1997 | 1998", "15,000 | 15.0% | 14.0%")] // columns anew
    [InlineData("- -", "Fixed | 1.5 | 1.2", "Other | 0.4 | 0.5")] // values
    [InlineData("- -", "Fixed | 1234", "Other | 1235")]
    [InlineData("H -", "Country | Nights", "Country: France | Nights: 3")] // a sheet: each cell is named
    [InlineData("H H 0", "Nights by country", "Country | Nights", "Country: France | Nights: 3")]
    [InlineData("- - -", "Contents", "Imprint", "Contact")] // one column
    [InlineData("-", "Name | Office | Phone")] // nothing below
    [InlineData("")]
    public void Read_Table_FindsTheRowsThatNameItsColumns(string expected, params string[] rows) =>
        string.Join(' ', TableHeader.Read(rows).Select(row => row.IsHeader ? "H" : row.Header.Count == 0 ? "-" : string.Join(',', row.Header)))
            .ShouldBe(expected);
}
