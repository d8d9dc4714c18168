using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Identity;
using RagApp.Contracts.Search;
using RagApp.Gateway.Answers.Model.Support;
using RagApp.Tests.TestServices;
using RagApp.Text.Analysis;

namespace RagApp.Tests.Gateway;

/// <summary>Statements as models write them, checked against a passage, in six languages.</summary>
public sealed class CitationCheckTests
{
    private static readonly Principal Alice = new("acme", "alice", [], [], Region: null);

    private static readonly Dictionary<string, string> Passages = new()
    {
        ["en"] = "Every employee has 30 days of paid leave per year. Requests are sent to Anna Berger by 15 March. Unused days expire after 12 months, and overtime is paid at 1,250.50 euros at most.",
        ["de"] = "Jeder Mitarbeiter hat 30 Tage bezahlten Urlaub im Jahr. Anträge gehen bis zum 15. März an Anna Berger. Nicht genommene Tage verfallen nach 12 Monaten, und Überstunden werden mit höchstens 1.250,50 Euro bezahlt.",
        ["es"] = "Cada empleado tiene 30 días de vacaciones pagadas al año. Las solicitudes se envían a Anna Berger antes del 15 de marzo. Los días no disfrutados caducan a los 12 meses.",
        ["ru"] = "Каждый сотрудник имеет 30 дней оплачиваемого отпуска в год. Заявления направляются Анне Бергер до 15 марта. Неиспользованные дни сгорают через 12 месяцев.",
        ["zh"] = "每位员工每年有30天带薪休假。申请须在3月15日前提交给人事部。未使用的天数在12个月后失效。",
        ["ar"] = "لكل موظف 30 يوما من الإجازة المدفوعة في السنة. ترسل الطلبات إلى قسم الموارد البشرية قبل 15 مارس. تنتهي الأيام غير المستخدمة بعد 12 شهرا.",
    };

    [Theory]
    [InlineData("en", "Employees get 30 days of paid leave each year")]
    [InlineData("en", "Send your request to Anna Berger before 15 March")]
    [InlineData("en", "Days that are not used expire after 12 months.")]
    [InlineData("en", "1. Overtime: €1250.5 at most is paid")]
    [InlineData("de", "Ihnen stehen 30 Tage bezahlter Urlaub pro Jahr zu")]
    [InlineData("de", "Der Antrag geht bis 15. März an Anna Berger")]
    [InlineData("de", "Überstunden werden höchstens mit 1250,50 Euro bezahlt")]
    [InlineData("es", "Los empleados tienen 30 días de vacaciones pagadas por año")]
    [InlineData("es", "La solicitud se envía a Anna Berger hasta el 15 de marzo")]
    [InlineData("ru", "Сотрудники имеют 30 дней оплачиваемого отпуска")]
    [InlineData("ru", "Неиспользованные дни отпуска сгорают через 12 месяцев")]
    [InlineData("zh", "每位员工每年享有30天的带薪休假")]
    [InlineData("zh", "未使用的天数12个月后失效")]
    [InlineData("ar", "للموظف 30 يوما من الإجازة المدفوعة")]
    [InlineData("ar", "تنتهي الأيام غير المستخدمة بعد ١٢ شهرا")]
    public async Task Check_StatementThatThePassageBearsOut_Holds(string language, string statement) =>
        (await CheckAsync(language, statement)).Lacking.ShouldBeNull();

    [Theory]
    [InlineData("en", "Employees get 35 days of paid leave each year", "35")]
    [InlineData("en", "Overtime is paid at 125,050 euros at most", "125050")]
    [InlineData("en", "Requests are sent to Anna Meyer by 15 March", "Meyer")]
    [InlineData("en", "Lunch is served in the canteen from noon", "something else")]
    [InlineData("de", "Jeder Mitarbeiter hat 28 Tage bezahlten Urlaub", "28")]
    [InlineData("de", "Die Kantine serviert das Mittagessen ab zwölf", "something else")]
    [InlineData("es", "Las solicitudes se envían a Juan Berger antes del 15 de marzo", "Juan")]
    [InlineData("es", "El comedor sirve el almuerzo desde el mediodía", "something else")]
    [InlineData("ru", "Каждый сотрудник имеет 28 дней оплачиваемого отпуска", "28")]
    [InlineData("ru", "Столовая подаёт обед с полудня", "something else")]
    [InlineData("zh", "每位员工每年有28天带薪休假", "28")]
    [InlineData("zh", "食堂从中午开始供应午餐", "something else")]
    [InlineData("ar", "لكل موظف ٢٨ يوما من الإجازة المدفوعة", "28")]
    [InlineData("ar", "يقدم المطعم وجبة الغداء من الظهر", "something else")]
    public async Task Check_StatementThatThePassageDoesNotBearOut_SaysWhy(string language, string statement, string reason) =>
        (await CheckAsync(language, statement)).Lacking.ShouldNotBeNull().ShouldContain(reason);

    [Theory]
    [InlineData("Is smoking allowed in the canteen?", "Smoking is allowed in the canteen", false)]
    [InlineData("How many vacation days do new employees have?", "New employees have 30 days of vacation", true)]
    [InlineData("Does Karl Meyer get leave?", "Karl Meyer has 30 days of paid leave", true)]
    [InlineData("What holds?", "", false)]
    [InlineData("What holds?", "As it is in", false)]
    public async Task Check_WordsOfTheQuestion_WeighHalfAndAreNoProof(string question, string statement, bool holds) =>
        ((await CheckAsync("en", statement, question: question)).Lacking is null).ShouldBe(holds);

    [Theory]
    [InlineData(0.9f, "Jeder hat 30 Tage Urlaub", null)]
    [InlineData(0.8f, "Jeder hat 30 Tage Urlaub", "something else")]
    [InlineData(0.9f, "Jeder hat 28 Tage Urlaub", "28")]
    public async Task Check_InAnotherLanguage_GoesByMeaningAndNumbers(float cosine, string statement, string? reason)
    {
        await using var embedding = await StubService.StartAsync(async context =>
        {
            var request = (await Microsoft.AspNetCore.Http.HttpRequestJsonExtensions.ReadFromJsonAsync(context.Request, Contracts.ContractsJson.Default.EmbeddingsRequest, Cancellation))!;
            float[] vector = request.InputType == EmbeddingInputType.Query ? [1, 0] : [cosine, MathF.Sqrt(1 - cosine * cosine)];
            await Microsoft.AspNetCore.Http.HttpResponseJsonExtensions.WriteAsJsonAsync(context.Response,
                new EmbeddingsResponse<float[]>([.. request.Input.Select((_, i) => new EmbeddingData<float[]>(i, vector))], "two", new EmbeddingUsage(1, 1)),
                Contracts.ContractsJson.Default.EmbeddingsResponse, cancellationToken: Cancellation);
        }, Cancellation);

        Matches((await CheckAsync("en", statement, "de", embedding.Address)).Lacking, reason);
    }

    [Fact]
    public async Task Check_InAnotherLanguageWithoutTheEmbeddingService_DoesNotHold() =>
        (await CheckAsync("en", "Jeder hat 30 Tage Urlaub", "de", "http://127.0.0.1:1")).Lacking.ShouldNotBeNull().ShouldContain("could not be compared");

    private static void Matches(string? lacking, string? reason)
    {
        if (reason is null)
            lacking.ShouldBeNull();
        else
            lacking.ShouldNotBeNull().ShouldContain(reason);
    }

    private static async Task<CheckedCitation> CheckAsync(string language, string statement, string? answerLanguage = null, string embedding = "http://127.0.0.1:1", string question = "?")
    {
        await using var services = new ServiceCollection().AddTextAnalysis().BuildServiceProvider();
        using var http = new HttpClient { BaseAddress = new Uri(embedding) };
        var check = new CitationCheck(
            services.GetRequiredService<ITextAnalysis>(), new EmbeddingClient(http), Options.Create(new CitationOptions()), new FakeTimeProvider());
        var passage = AnswerFixture.Passage("leave", Passages[language]) with { Properties = new DocumentProperties("upload", "md", language, null, []) };
        var other = AnswerFixture.Passage("build", "The build runs every night.");
        var judged = await check.CheckAsync(new Statement(Alice, statement, answerLanguage ?? language, question), [passage], [passage, other], Cancellation);
        return judged.ShouldHaveSingleItem();
    }
}
