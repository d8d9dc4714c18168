using RagApp.Storage.Analysis;
using Shouldly;
using Xunit;

namespace RagApp.Tests.Storage;

public sealed class TableHeaderTests
{
    [Theory]
    [InlineData(1, "Name | Office", "Ann | Berlin")]
    [InlineData(1, "| Name | Office |", "| Ann | Berlin |", "| Bob | Rome |")]
    [InlineData(1, "Name\tOffice", "Ann\tBerlin")]
    [InlineData(2, "|  | Years Ended September 30, |", "| 2019 | 2018", "Fixed | 1.5 | 1.2")]
    [InlineData(3, "Sales", "(in millions)", "Type | 2019", "Fixed | 1.5")]
    [InlineData(0, "Sales", "by type", "and", "country", "Type | 2019", "Fixed | 1.5")] // the names come too late
    [InlineData(0, "Fixed | 1.5 | 1.2", "Other | 0.4 | 0.5")] // values
    [InlineData(0, "Fixed | 1234", "Other | 1235")]
    [InlineData(0, "Country | Nights", "Country: France | Nights: 3")] // a sheet: each cell is named
    [InlineData(0, "Contents", "Imprint", "Contact")] // one column
    [InlineData(0, "Name | Office")] // nothing below
    [InlineData(0)]
    public void CountRows_Table_FindsTheNamesOfItsColumns(int names, params string[] rows) =>
        TableHeader.CountRows(rows).ShouldBe(names);
}
