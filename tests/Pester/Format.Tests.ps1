# What the default views show, at the width of 120 columns that the documentation uses.

BeforeAll {
    Set-StrictMode -Version Latest
    . (Join-Path $PSScriptRoot 'Common.ps1')
    Import-TestedModule
    $server = Get-SharedServer
    $arrow = [string][char]0x2192
    $ellipsis = [string][char]0x2026
    $null = New-TestStore
    $null = New-OrchestratorConnector -Name Production -ServiceUrl $server.Atom -Folder '\Exchange'
    $null = New-OrchestratorConnector -Name Second -ServiceUrl $server.WebApi -WarningAction Ignore
    $null = New-OrchestratorConnector -Name 'Not yet' -ServiceUrl "http://127.0.0.1:$(Get-ClosedPort)" -SkipTest -Disabled
    $null = New-OrchestratorRunAsAccount -Name Service -Credential (New-TestCredential 'CONTOSO\svc' 'hidden')
    $results = Sync-OrchestratorConnector Production, Second

    function Get-View {
        param($Item)
        $lines = @(($Item | Out-String -Width 120) -split '\r?\n' | Where-Object { $_.Trim() })
        # Colours are for the eyes.
        $lines | ForEach-Object { $_ -replace '\x1b\[[0-9;]*m', '' }
    }
}

Describe 'A connector' {
    BeforeAll {
        $view = Get-View (Get-OrchestratorConnector)
    }

    It 'is listed with its name, state, times and count' {
        $view[0] -split '\s+' | Where-Object { $_ } | Should -Be @('Name', 'Enabled', 'Status', 'LastStartTime', 'LastFinishTime', 'RunbookCount')
    }

    It 'shows the status in words' {
        ($view -like 'Production*')[0] | Should -Match '^Production\s+True\s+Finished Success\s+\S.*\s\d+$'
        ($view -like 'Not yet*')[0] | Should -Match '^Not yet\s+False\s+Never Run\s+0$'
    }

    It 'shows failed synchronizations in words' {
        $before = $env:ORCHESTRATOR_CONNECTOR_STATE
        $null = New-TestStore
        $null = New-OrchestratorConnector -Name Dead -ServiceUrl "http://127.0.0.1:$(Get-ClosedPort)" -SkipTest
        $null = Sync-OrchestratorConnector Dead -ErrorAction SilentlyContinue
        (Get-View (Get-OrchestratorConnector))[2] | Should -Match '^Dead\s+True\s+Finished With Error\s'
        $env:ORCHESTRATOR_CONNECTOR_STATE = $before
    }

    It 'fits 120 columns, and nothing is cut off' {
        ($view | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual 120
        "$view" | Should -Not -Match $ellipsis
    }

    It 'shows name, state and the last start on a console of 80 columns too' {
        # The rest cannot stand beside them there.
        $narrow = @((Get-OrchestratorConnector | Out-String -Width 80) -split '\r?\n' | Where-Object { $_.Trim() })
        $narrow[0] -replace '\x1b\[[0-9;]*m', '' | Should -Match '^Name\s+Enabled\s+Status\s+LastStartTime\s*$'
        $narrow -match '^Production\s+True\s+Finished Success\s' | Should -Not -BeNullOrEmpty
    }

    It 'shows everything as a list on demand' {
        $list = Get-View (Get-OrchestratorConnector Production | Format-List)
        foreach ($property in 'ServiceUrl', 'Protocol', 'Folder', 'NextRunTime', 'LastError') {
            $list -match "^$property\s*:" | Should -Not -BeNullOrEmpty -Because $property
        }
    }

    It 'is its name as text' {
        "$(Get-OrchestratorConnector Production)" | Should -Be 'Production'
    }
}

Describe 'A runbook' {
    BeforeAll {
        $view = Get-View (Get-SMRunbook -Connector Production)
    }

    It 'is listed with name, path, status, connector and parameters' {
        $view[0] -split '\s+' | Where-Object { $_ } | Should -Be @('Name', 'Path', 'Status', 'Connector', 'Parameters')
    }

    It 'fits 120 columns' {
        ($view | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual 120
        ($view -like 'Move Mailbox*')[0] | Should -Match '^Move Mailbox\s+\\Exchange\\Move Mailbox\s+Active\s+Production\s+Computer name, '
    }

    It 'shows inputs by name and outputs with an arrow' {
        $runbook = Get-SMRunbook -Connector Production | Select-Object -First 1
        $text = ($runbook | Format-Table -Property @{ Expression = { $_.ParametersText } } | Out-String -Width 120)
        $text | Should -Match ('Computer name, .*User, Result ' + $arrow + 'Out')
    }

    It 'is its path as text' {
        "$(Get-SMRunbook 'Move Mailbox' -Connector Production)" | Should -Be '\Exchange\Move Mailbox'
    }
}

Describe 'A runbook''s parameter' {
    It 'is listed with its direction and type' {
        $view = Get-View (Get-SMRunbook 'Move Mailbox' -Connector Production).Parameters
        $view[0] -split '\s+' | Where-Object { $_ } | Should -Be @('Name', 'Direction', 'Type', 'Description')
        ($view -like 'Computer name*')[0] | Should -Match '^Computer name\s+In\s'
        ($view -like 'Result*')[0] | Should -Match '^Result\s+Out\s'
    }
}

Describe 'A synchronization' {
    It 'is listed with its counts, and fits 120 columns' {
        $view = Get-View $results
        $view[0] -split '\s+' | Where-Object { $_ } | Should -Be @('Connector', 'Status', 'Total', 'Added', 'Changed', 'Missing', 'Duration', 'Returned', 'StartTime')
        ($view | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual 120
        ($view -like 'Second*')[0] | Should -Match '^Second\s+Finished Success\s+120\s+120\s+0\s+0\s+[\d.]+ (ms|s)\s+0\s+\d'
    }

    It 'looks the same in the history' {
        $view = Get-View (Get-OrchestratorConnectorHistory Second)
        ($view -like 'Second*')[0] | Should -Match '^Second\s+Finished Success\s+120\s+120\s+0\s+0\s+[\d.]+ (ms|s)\s+0\s+\d'
    }

    It 'lists its changes in a table' {
        $view = Get-View ($results[1].Changes | Select-Object -First 5)
        $view[0] -split '\s+' | Where-Object { $_ } | Should -Be @('Change', 'Connector', 'Path', 'Contract', 'Details')
        $view[2] | Should -Match '^Added\s+Second\s+\\'
    }
}

Describe 'A test' {
    BeforeAll {
        $good = Test-OrchestratorConnector Production
        $bad = Test-OrchestratorConnector 'Not yet'
        $steps = 'Name resolution', 'TCP', 'TLS', 'HTTP', 'Authentication', 'Protocol', 'Service document', 'Folder', 'Web console'
    }

    It 'is a list of its checks, one a line, in the order in which they were made' {
        $view = Get-View $good
        $view -match '^Message\s+: The connection to the server was successful\.$' | Should -Not -BeNullOrEmpty
        $lines = $view | Where-Object { $_ -match '(Passed|Skipped|Failed|Warning)\s' }
        @($lines).Count | Should -Be $steps.Count
        for ($i = 0; $i -lt $steps.Count; $i++) {
            $lines[$i] | Should -Match ('(Passed|Skipped)\s+' + $steps[$i] + '\s+\S')
        }
    }

    It 'has the checks as a table too' {
        $view = Get-View $good.Checks
        $view[0] -split '\s+' | Where-Object { $_ } | Should -Be @('Name', 'Outcome', 'Duration', 'Detail')
        ($view -like 'TCP*')[0] | Should -Match '^TCP\s+Passed\s+\d+ ms\s+port \d+ is open$'
    }

    It 'shows which check failed, with a hint, and which were not tried' {
        $view = Get-View $bad
        $view -match 'Failed\s+TCP\s+Nothing listens' | Should -Not -BeNullOrEmpty
        "$view" | Should -Match 'Check the port'
        @($view -match 'Skipped\s').Count | Should -Be 7
    }

    It 'fits 120 columns' {
        (Get-View $good | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual 120
        (Get-View $bad | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual 120
        (Get-View $bad.Checks | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual 120
    }
}

Describe 'An account and a folder' {
    It 'lists an account without its secret' {
        $view = Get-View (Get-OrchestratorRunAsAccount)
        $view[0] -split '\s+' | Where-Object { $_ } | Should -Be @('Name', 'UserName', 'SecretName', 'Connectors')
        $view[2] | Should -Match '^Service\s+CONTOSO\\svc'
        "$view" | Should -Not -Match 'hidden'
    }

    It 'lists a folder by its path' {
        $view = Get-View (Get-OrchestratorFolder Second)
        $view[0] -split '\s+' | Where-Object { $_ } | Should -Be @('Path', 'Connector')
        ($view -like '\Exchange*')[0] | Should -Match '^\\Exchange\s+Second$'
    }
}

Describe 'Jobs, activities and differences' {
    BeforeAll {
        $here = $env:ORCHESTRATOR_CONNECTOR_STATE
        $source = Start-Source
        $order = Add-SourceRunbook $source '\Portal\Service Requests\Order a Laptop for a New Employee' -In 'Owner', 'Model' -Out 'Serial number', 'Remark'
        $null = Add-SourceRunbook $source '\Ops\Broken' -Activity 'Set User' -Script @{ End = 'Failure'; Activity = 'Set User'; Error = "No such user.`nAsk the helpdesk, which knows more than fits into any line of any width that anybody has." }
        $null = Add-SourceRunbook $source '\Ops\Endless' -Out 'Result' -Script @{ End = 'Never' }
        $null = Add-SourceRunbook $source '\Ops\Stopped' -Script @{ End = 'Never' }
        $null = New-SourceStore $source Atom
        $null = Invoke-SMRunbook 'Order a Laptop*' -Owner jdoe -Model "X1`nblack"
        $null = Invoke-SMRunbook Broken -ErrorAction SilentlyContinue
        $null = Invoke-SMRunbook Endless -TimeoutSeconds 1 -ErrorAction SilentlyContinue
        Start-SMRunbook Stopped | Stop-SMRunbookJob
        $null = New-SMRunbookActivity Order (Get-SMRunbook 'Order a*') -Map @{ Owner = 'SamAccountName'; Model = { "$($_.Brand) $($_.Model)" } } -OutputMap @{ Remark = 'Remark' }
        $null = New-SMRunbookActivity Break Broken -ReadyForAutomation
        $null = Invoke-Source $source RenameParameter @{ Runbook = "$order"; Name = 'Owner'; NewName = 'Owned by' }
        $null = Sync-OrchestratorConnector Main -WarningAction Ignore
    }

    AfterAll {
        Stop-Source $source
        $env:ORCHESTRATOR_CONNECTOR_STATE = $here
    }

    It 'lists jobs with their state and what came out of them, or why nothing did' {
        $view = Get-View (Get-SMRunbookJob)
        $view[0] -split '\s+' | Where-Object { $_ } | Should -Be @('Runbook', 'Status', 'Instance', 'Duration', 'Output')
        # What is longer goes on in the next line.
        $view = @($view | Where-Object { $_ -match '^\S' })
        $view.Count | Should -Be 6
        $view[2] | Should -Match '^Stopped\s+Canceled\b'
        $view[3] | Should -Match '^Endless\s+Running\s+InProgress\s*$'
        $view[4] | Should -Match '^Broken\s+Completed\s+Failed\s+[\d.]+ m?s\s+Set User: No such user\. Ask the helpdesk'
        $view[5] | Should -Match "^Order a Laptop .*\s+Completed\s+Success\s+[\d.]+ m?s\s+Remark=X1 black, Serial number=jdoe"
    }

    It 'fits 120 columns, and cuts no header' {
        foreach ($items in (Get-SMRunbookJob), (Get-SMRunbookActivity), (Compare-SMRunbook)) {
            $view = Get-View $items
            ($view | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual 120
            $view[0] | Should -Not -Match $ellipsis
        }
    }

    It 'shows a whole job as a list, its outputs by name' {
        $list = Get-View (Get-SMRunbookJob -Status Completed | Select-Object -Last 1 | Format-List)
        foreach ($property in 'Id', 'Runbook', 'Path', 'Connector', 'Status', 'InstanceStatus', 'CreationTime', 'FinishTime', 'RunbookServer', 'Serial number', 'Remark') {
            $list -match "^$property\s*:\s*\S" | Should -Not -BeNullOrEmpty -Because $property
        }
    }

    It 'lists activities with their runbook and map' {
        $view = Get-View (Get-SMRunbookActivity)
        $view[0] -split '\s+' | Where-Object { $_ } | Should -Be @('Name', 'Runbook', 'Ready', 'Map')
        $view[2] | Should -Match '^Break\s+\\Ops\\Broken\s+yes'
        $view[3] | Should -Match '^Order\s+\\Portal\\Service Requests\\.*\s+no\s+Model . \{.*\}|^Order\s+\\Portal\\.*\s+no\s+Owner . SamAccountName'
    }

    It 'lists differences with both contracts and who is concerned' {
        $view = Get-View (Compare-SMRunbook)
        $view[0] -split '\s+' | Where-Object { $_ } | Should -Be @('Runbook', 'Accepted', 'Now', 'Activities')
        "$view" | Should -Match "In 'Owner' \(String\)\s+none\s+Order"
        "$view" | Should -Match "none\s+In 'Owned by' \(Str"
    }
}
