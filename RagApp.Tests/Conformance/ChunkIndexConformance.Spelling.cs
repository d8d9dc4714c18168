namespace RagApp.Tests.Conformance;

/// <summary>Spelling correction uses only words of documents that the caller may read.</summary>
public abstract partial class ChunkIndexConformance
{
    [Theory]
    [InlineData("recieve", "receive")] // two letters swapped
    [InlineData("pmup", "pump")]
    [InlineData("recievs", "receive")] // two edits
    [InlineData("pumping", null)] // three
    [InlineData("pamps", "pump")]
    [InlineData("vave", null)] // nothing one edit away
    [InlineData("pum", null)] // too short
    [InlineData("receive", null)] // there
    [InlineData("tr-2024-118", null)] // a code
    [InlineData("27002", null)] // a number
    [InlineData("报销神请", null)] // pairs of characters
    public async Task CorrectAsync_Word_BecomesTheNearestReadableOne(string word, string? expected)
    {
        await Writer.ReplaceAsync(Document("d1", "You receive a pump under TR-2024-117 and ISO 27001. 员工应在七天内提交报销申请。"), Cancellation);
        PassOneSecond();

        var corrected = await Index.CorrectAsync([word], Filter("acme", "alice"), Cancellation);
        corrected.GetValueOrDefault(word).ShouldBe(expected);
    }

    [Fact]
    public async Task CorrectAsync_SeveralAsNear_TakesTheMoreFrequentOfThoseThatMayBeRead()
    {
        await Writer.ReplaceAsync(Document("d1", [("warehouse rules", Vector(1, 0)), ("a mousse", Vector(1, 0))]), Cancellation);
        await Writer.ReplaceAsync(Document("d2", [("my house", Vector(1, 0)), ("your house", Vector(1, 0)), ("a mouse", Vector(1, 0))]), Cancellation);
        await Writer.ReplaceAsync(Document("hidden", [.. Enumerable.Range(0, 5).Select(i => ($"mouse horse {i}", Vector(1, 0)))]) with { Access = ["user:bob"] }, Cancellation);
        PassOneSecond();

        (await CorrectAsync("xouse", "alice")).ShouldBe("house");
        (await CorrectAsync("xouse", "bob")).ShouldBe("mouse");
        (await CorrectAsync("hxrse", "alice")).ShouldBe("house"); // two edits: Alice may not read the document with "horse", which is nearer
        (await CorrectAsync("hxrse", "bob")).ShouldBe("horse");
        (await CorrectAsync("horse", "bob")).ShouldBeNull();
        (await CorrectAsync("horse", "alice")).ShouldBe("house"); // for Alice, "horse" is no known word
    }

    [Fact]
    public async Task CorrectAsync_AccessTakenAway_NoLongerCorrects()
    {
        (await CorrectAsync("kettel", "alice")).ShouldBeNull();
        await Writer.ReplaceAsync(Document("d1", "kettle"), Cancellation);
        PassOneSecond();
        (await CorrectAsync("kettel", "alice")).ShouldBe("kettle");
        await Writer.ChangeAccessAsync("acme", ["d1"], ["user:bob"], Cancellation);
        PassOneSecond();
        (await CorrectAsync("kettel", "alice")).ShouldBeNull();
    }

    [Fact]
    public async Task CorrectAsync_OtherLanguages_KeepTheirLetters()
    {
        await Writer.ReplaceAsync(Document("de", "Die Überstunden werden gemeldet.") with { Properties = Properties("de") }, Cancellation);
        await Writer.ReplaceAsync(Document("ru", "Сотрудники отправляют отчёты.") with { Properties = Properties("ru") }, Cancellation);
        PassOneSecond();

        var corrected = await Index.CorrectAsync(["überstundne", "сотрудинки"], Filter("acme", "alice"), Cancellation);
        corrected.ShouldBe(new Dictionary<string, string> { ["überstundne"] = "überstunden", ["сотрудинки"] = "сотрудники" }, ignoreOrder: true);
    }

    private async Task<string?> CorrectAsync(string word, string subject) =>
        (await Index.CorrectAsync([word], Filter("acme", subject), Cancellation)).GetValueOrDefault(word);
}
