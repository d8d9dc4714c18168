using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts.Search;
using RagApp.Query.Rewriting;
using RagApp.Query.Routing;

namespace RagApp.Tests.Query;

/// <summary>Follow-ups take their subject from the conversation, and new questions take nothing, in five languages.</summary>
public sealed class FollowUpKindsTests
{
    private static readonly FollowUpRules Rules = new ServiceCollection()
        .AddQuestionRouting().AddSingleton<FollowUpRules>().BuildServiceProvider().GetRequiredService<FollowUpRules>();

    [Theory]
    [InlineData("How much annual leave do trainees get?", "They get 24 days.", "And how much do managers get?", "annual leave")]
    [InlineData("Who founded the harbour museum?", "Ingrid Solberg founded it in 1931.", "And when did she die?", "ingrid solberg")]
    [InlineData("Who wrote it?", "It was written by Peter Lund.", "Where did he live?", "peter lund")]
    [InlineData("Who leads the workshop?", "From your documents:\n\n“The workshop is led by Maria Torres.” [1]", "What is her phone number?", "maria torres")]
    [InlineData("What was the turnover of the bakery in 2021?", "4.1 million crowns.", "and in 2022?", "turnover bakery", "2021")]
    [InlineData("How far can the crane lift with a load of 5 tons?", "12 metres.", "And with a load of 8?", "crane lift", "5")]
    [InlineData("Where is the spring conference?", "In Lisbon.", "On which days does it take place?", "spring conference")]
    [InlineData("When was the old bridge built?", "In 1902.", "Why?", "old bridge")]
    [InlineData("Wie hoch ist die Pauschale für Bahnfahrten?", "30 Cent.", "Und seit wann gilt sie?", "pauschale")]
    [InlineData("Wer leitet das Lager?", "Das Lager wird von Anna Schmidt geleitet.", "Seit wann ist sie im Betrieb?", "anna schmidt")]
    [InlineData("Welche Versicherung gilt für den Kran?", "Die Haftpflicht.", "Und für den Aufzug?", "versicherung")]
    [InlineData("¿Cuántos días de vacaciones tiene un aprendiz?", "Veinte.", "¿Y un gerente?", "vacaciones")]
    [InlineData("¿Quién diseñó la torre del puerto?", "La diseñó Ramón Vidal en 1920.", "¿Y cuándo murió él?", "ramón vidal")]
    [InlineData("Quel est le tarif du parking ?", "Douze euros.", "Et pour les visiteurs ?", "tarif parking")]
    [InlineData("Qui dirige la bibliothèque ?", "Claire Dubois dirige la bibliothèque.", "Depuis quand travaille-t-elle ici ?", "claire dubois")]
    [InlineData("Сколько стоит аренда катера?", "Пять тысяч.", "А на выходных?", "аренда катера")]
    [InlineData("Кто построил маяк?", "Маяк построил Иван Петров.", "А когда он умер?", "иван петров")]
    public void Condense_FollowUp_TakesWhatItLacks(string before, string answer, string question, string taken, string? left = null)
    {
        var condensed = Condense(before, answer, question).ShouldNotBeNull();

        foreach (var word in taken.Split(' '))
            condensed.ShouldContain(word);
        condensed.ShouldEndWith($": {question}");
        if (left is not null)
            condensed.Split(' ', ':').ShouldNotContain(left);
    }

    [Theory]
    [InlineData("How many days of leave do trainees have?", "How do employees submit their travel expenses?")]
    [InlineData("How many days of leave do trainees have?", "How long does it take to get a parking badge?")]
    [InlineData("How many days of leave do trainees have?", "Is it possible to rent a boat for a private party?")]
    [InlineData("How many days of leave do trainees have?", "Which public holidays fall on a Monday this year?")]
    [InlineData("How many days of leave do trainees have?", "What is Trello?")]
    [InlineData("What was the budget of the museum?", "When did Edvard Munch paint his first portrait?")]
    [InlineData("What was the budget of the museum?", "How fast do we tell IT about incidents?")]
    [InlineData("What was the budget of the museum?", "What does the abbreviation RIB stand for?")]
    [InlineData("What was the budget of the museum?", "Wie viele Tage Urlaub stehen Ihnen zu?")]
    [InlineData("What was the budget of the museum?", "Wer genehmigt Überstunden am Wochenende?")]
    [InlineData("Wie hoch ist die Pauschale?", "Können Sie mir sagen, wann die Kantine schließt?")]
    [InlineData("Wie hoch ist die Pauschale?", "Welche Feiertage gibt es dieses Jahr in Bayern?")]
    [InlineData("Wie hoch ist die Pauschale?", "How do interns hand in their timesheets?")]
    [InlineData("What was the budget of the museum?", "¿Cómo entregan los empleados sus facturas de viaje?")]
    [InlineData("¿Cuál es el presupuesto del museo?", "¿Qué seguro cubre los barcos de alquiler?")]
    [InlineData("What was the budget of the museum?", "Quels documents faut-il pour un visa de travail ?")]
    [InlineData("Quel est le budget du musée ?", "Est-il possible de garer un vélo dans la cour ?")]
    [InlineData("Quel est le budget du musée ?", "Quand les stagiaires rendent-ils leur badge ?")]
    [InlineData("What was the budget of the museum?", "Сколько дней отпуска положено стажёрам?")]
    [InlineData("Какой бюджет у музея?", "Как сотрудники сдают их отчёты о командировке?")]
    [InlineData("Какой бюджет у музея?", "Какие праздники в этом году выпадают на понедельник?")]
    [InlineData("What was the budget of the museum?", "我应该向谁提交报销申请？")]
    public void Condense_NewSubject_StandsAlone(string before, string question) =>
        Condense(before, "The answer is 17.", question).ShouldBeNull();

    private static string? Condense(string before, string answer, string question) =>
        Rules.Condense(question, [new SearchMessage(SearchRole.User, before), new SearchMessage(SearchRole.Assistant, answer)]);
}
