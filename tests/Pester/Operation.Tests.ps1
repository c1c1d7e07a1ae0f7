# What an operator reads: events as they happen, and the health of the connectors.

BeforeAll {
    Set-StrictMode -Version Latest
    . (Join-Path $PSScriptRoot 'Common.ps1')
    Import-TestedModule
    $server = Get-SharedServer
    $null = New-TestStore
    $null = New-OrchestratorConnector -Name Production -ServiceUrl $server.Atom
    $null = New-OrchestratorConnector -Name Dead -ServiceUrl "http://127.0.0.1:$(Get-ClosedPort)" -SkipTest
    $null = Sync-OrchestratorConnector * -ErrorAction SilentlyContinue

    function Get-View {
        param($Item)
        @(($Item | Out-String -Width 120) -split '\r?\n' | Where-Object { $_.Trim() }) -replace '\x1b\[[0-9;]*m', ''
    }
}

Describe 'Events' {
    It 'tell what happened, oldest first, with documented ids' {
        (Get-OrchestratorConnectorEvent Production).Id | Should -Be @(100, 200)
        (Get-OrchestratorConnectorEvent -Level Error).Name | Should -Be 'SyncFailed'
        (Get-OrchestratorConnectorEvent -Level Error).Data['ErrorId'] | Should -Be 'ConnectionRefused'
    }

    It 'are bound to connectors by the pipeline' {
        (Get-OrchestratorConnector Production | Get-OrchestratorConnectorEvent -Last 1).Name | Should -Be 'SyncFinished'
    }

    It 'fit 120 columns' {
        $view = Get-View (Get-OrchestratorConnectorEvent)
        $view[0] -split '\s+' | Where-Object { $_ } | Should -Be @('Time', 'Level', 'Id', 'Connector', 'Message')
        ($view | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual 120
    }

    It 'are followed until somebody has enough' {
        $first = Get-OrchestratorConnectorEvent -Follow | Select-Object -First 1
        $first.Name | Should -Be 'ConnectorCreated'
    }

    It 'are readable as CSV' {
        (Get-OrchestratorConnectorEvent Production -Last 1 | ConvertTo-Csv | ConvertFrom-Csv).Data | Should -BeLike 'Total=*'
    }
}

Describe 'Health' {
    It 'says the worst first and what to do about it' {
        $findings = @(Get-OrchestratorHealth)
        "$($findings[0].Severity)" | Should -Be 'Error'
        $findings[0].Connector | Should -Be 'Dead'
        $findings[0].Hint | Should -Match 'Test-OrchestratorConnector'
        "$($findings[-1].Severity) $($findings[-1].Connector)" | Should -Be 'Healthy Production'
    }

    It 'is a Boolean for scripts, and an exit code' {
        Get-OrchestratorHealth -Quiet | Should -BeFalse
        Get-OrchestratorHealth Production -Quiet | Should -BeTrue
    }

    It 'fits 120 columns' {
        $view = Get-View (Get-OrchestratorHealth)
        $view[0] -split '\s+' | Where-Object { $_ } | Should -Be @('Severity', 'Connector', 'Check', 'Finding')
        ($view | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual 120
    }

    It 'sorts by severity' {
        (Get-OrchestratorHealth | Sort-Object Severity | Select-Object -First 1).Connector | Should -Be 'Production'
    }
}
