using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RagApp.Models.Budgets;

namespace RagApp.Tests.Models.Budgets;

public sealed class BudgetsOptionsTests
{
    [Theory]
    [InlineData("Budgets:Lease", "00:00:01", "Budgets:Lease lies between 00:00:10 and 01:00:00.")]
    [InlineData("Budgets:Prices:0:Input", "1", "Budgets:Prices is not read any more: a price stands at its model. Set Models:Chat:MODEL:InputPrice")]
    [InlineData("Budgets:Limits:0:Tenant", "acme", "Budgets:Limits:N has no limit")]
    [InlineData("Budgets:Limits:0:Tokens", "-1", "Budgets:Limits:N:Tokens lies between")]
    [InlineData("Budgets:Unusual:Factor", "1", "Budgets:Unusual:Factor lies between")]
    public void Validate_WrongSetting_NamesTheKey(string key, string value, string sentence) =>
        Should.Throw<OptionsValidationException>(() => Read((key, value))).Message.ShouldContain(sentence);

    [Fact]
    public void Validate_SoftAboveHard_NamesBothKeys() =>
        Should.Throw<OptionsValidationException>(() => Read(("Budgets:Limits:0:Dollars", "10"), ("Budgets:Limits:0:SoftDollars", "11")))
            .Message.ShouldContain("Budgets:Limits:N:SoftDollars is above Budgets:Limits:N:Dollars");

    [Fact]
    public void Validate_LimitsWithoutALedger_SaysWhatIsMissing() =>
        Should.Throw<OptionsValidationException>(() => Read(("Budgets:Limits:0:Dollars", "10"))).Message.ShouldContain("ConnectionStrings:redis");

    private static BudgetsOptions Read(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, string? (setting) => setting.Value)).Build();
        using var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddModelBudgets().BuildServiceProvider();
        return services.GetRequiredService<IOptionsMonitor<BudgetsOptions>>().CurrentValue;
    }
}
