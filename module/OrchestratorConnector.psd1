@{
    RootModule = if ($PSEdition -eq 'Core') { 'lib/net8.0/OrchestratorConnector.dll' } else { 'lib/netstandard2.0/OrchestratorConnector.dll' }
    ModuleVersion = '0.1.0'
    GUID = '6a0ad4ad-7a4f-4a1c-9d3b-2f6f0c7c5e11'
    Author = 'OrchestratorConnector contributors'
    CompanyName = 'OrchestratorConnector'
    Copyright = '(c) OrchestratorConnector contributors. All rights reserved.'
    Description = 'Registers System Center Orchestrator servers as connectors, imports their runbooks into a local library and keeps that library true by synchronization. For the web service of 2012 to 2019 and the Web API of 2019, 2022 and 2025.'
    CompatiblePSEditions = @('Desktop', 'Core')
    PowerShellVersion = '5.1'
    DotNetFrameworkVersion = '4.7.2'
    FormatsToProcess = @('OrchestratorConnector.Format.ps1xml')
    FunctionsToExport = @()
    CmdletsToExport = @(
        'New-OrchestratorConnector'
        'Get-OrchestratorConnector'
        'Set-OrchestratorConnector'
        'Remove-OrchestratorConnector'
        'Enable-OrchestratorConnector'
        'Disable-OrchestratorConnector'
        'Test-OrchestratorConnector'
        'Sync-OrchestratorConnector'
        'Get-OrchestratorConnectorHistory'
        'Get-OrchestratorConnectorEvent'
        'Get-OrchestratorHealth'
        'Export-OrchestratorConnector'
        'Import-OrchestratorConnector'
        'New-OrchestratorRunAsAccount'
        'Get-OrchestratorRunAsAccount'
        'Set-OrchestratorRunAsAccount'
        'Remove-OrchestratorRunAsAccount'
        'Get-OrchestratorFolder'
        'Register-OrchestratorConnectorSchedule'
        'Get-OrchestratorConnectorSchedule'
        'Unregister-OrchestratorConnectorSchedule'
        'Get-SMRunbook'
        'Invoke-SMRunbook'
        'Start-SMRunbook'
        'Compare-SMRunbook'
        'Approve-SMRunbook'
        'Get-SMRunbookJob'
        'Wait-SMRunbookJob'
        'Stop-SMRunbookJob'
        'New-SMRunbookActivity'
        'Get-SMRunbookActivity'
        'Set-SMRunbookActivity'
        'Remove-SMRunbookActivity'
        'Invoke-SMRunbookActivity'
        'Export-SMRunbookReport'
    )
    VariablesToExport = @()
    AliasesToExport = @()
    PrivateData = @{
        PSData = @{
            Tags = @('Orchestrator', 'SystemCenter', 'ServiceManager', 'Runbook', 'Automation', 'SCORCH', 'PSEdition_Desktop', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            ReleaseNotes = 'See CHANGELOG.md.'
        }
    }
}
