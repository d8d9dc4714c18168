using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Documents;
using RagApp.Dlp;
using RagApp.Ingestion.Dlp;

namespace RagApp.Tests.Ingestion.Dlp;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("Dlp:Default:PaymentCrad", "redact", "Dlp:Default:PaymentCrad names no detector; there are PaymentCard, UsSsn")]
    [InlineData("Dlp:Default:PaymentCard", "redcat", "Dlp:Default:PaymentCard is 'redcat'; it is one of allow, tag, redact, quarantine, block.")]
    [InlineData("Dlp:Default:PaymentCard", "3", "Dlp:Default:PaymentCard is '3'")]
    [InlineData("Dlp:Tenants:acme:Email", "", "Dlp:Tenants:acme:Email is ''")]
    [InlineData("Dlp:PhoneRegion", "Germany", "Dlp:PhoneRegion is 'Germany'")]
    public void Start_WrongSetting_NamesItsKey(string key, string value, string message) =>
        Should.Throw<OptionsValidationException>(() => Services((key, value)).GetRequiredService<IStartupValidator>().Validate()).Message.ShouldContain(message);

    [Fact]
    public void Of_Tenant_IsBuiltInThenDefaultThenItsOwn()
    {
        var policies = Services(("Dlp:Default:Iban", "block"), ("Dlp:Default:Email", "tag"), ("Dlp:Tenants:acme:Email", "redact")).GetRequiredService<DlpPolicies>();

        var (acme, other) = (policies.Of("acme"), policies.Of("Acme"));

        (acme["email"], acme["iban"], acme["jwt"]).ShouldBe((DlpAction.Redact, DlpAction.Block, DlpAction.Redact));
        (other["email"], other["iban"], other["jwt"]).ShouldBe((DlpAction.Tag, DlpAction.Block, DlpAction.Redact));
    }

    [Fact]
    public void Of_AnyTenant_HasEveryDetector()
    {
        using var services = Services();

        services.GetRequiredService<DlpPolicies>().Of("acme").Keys.ShouldBe(services.GetRequiredService<Scanner>().Detectors, ignoreOrder: true);
    }

    private static ServiceProvider Services(params (string Key, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value))).Build());
        services.AddLogging();
        services.AddDlpPolicies();
        return services.BuildServiceProvider();
    }
}
